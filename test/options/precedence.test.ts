import { describe, expect, test } from 'vitest';
import type { SettingReport } from '../../src/options.ts';
import { folderOf } from './files.ts';
import { type From, read, refusal } from './read.ts';

function setting(name: string, argv: string[], from: From): SettingReport | undefined {
  const options = read(['config', ...argv], from);
  return options.mode === 'config' ? options.rows.find((row) => row.name === name) : undefined;
}

const PROPERTIES = 'bootstrap.servers=p:1\nsecurity.protocol=SSL\n';

describe('a setting', () => {
  test('is taken from the option, then the variable, then the file, then by default', () => {
    const { folder } = folderOf({ 'lunchrush.config.json': '{ "workers": 2 }' });
    const env = { LUNCHRUSH_WORKERS: '3' };
    const shows = (argv: string[], from: From) => {
      const row = setting('workers', argv, from);
      return [row?.value, row?.source, row?.from];
    };
    expect(shows(['--workers', '4'], { env, cwd: folder })).toEqual(['4', 'option', '--workers']);
    expect(shows([], { env, cwd: folder })).toEqual(['3', 'environment', 'LUNCHRUSH_WORKERS']);
    expect(shows([], { cwd: folder })).toEqual(['2', 'file', '"workers" in lunchrush.config.json']);
    expect(shows([], {})).toEqual(['1', 'default', undefined]);
  });

  test('of a properties file stands behind whatever names that file, and before what comes after', () => {
    const { folder, at } = folderOf({ 'p.properties': PROPERTIES, 'c.json': '{ "brokers": "c:1" }' });
    const env = { LUNCHRUSH_BROKERS: 'e:1' };
    const brokers = (argv: string[], from: From) => setting('brokers', argv, from)?.value;
    const named = ['--command-config', at('p.properties')];
    const config = ['--config', at('c.json')];
    expect(brokers([...named, '--brokers', 'a:1'], { env })).toBe('a:1');
    expect(brokers(named, { env })).toBe('p:1');
    expect(brokers(config, { env: { LUNCHRUSH_COMMAND_CONFIG: at('p.properties') } })).toBe('p:1');
    expect(brokers(config, { env: { ...env, LUNCHRUSH_COMMAND_CONFIG: at('p.properties') } })).toBe('e:1');
    const both = folderOf({
      'c.json': '{ "brokers": "c:1", "commandConfig": "p.properties" }',
      'p.properties': PROPERTIES,
    });
    expect(brokers(['--config', both.at('c.json')], { cwd: folder })).toBe('c:1');
    expect(setting('tls', ['--config', both.at('c.json')], {})).toMatchObject({
      value: 'yes',
      source: 'command-config',
    });
  });

  test('of the environment may switch off what the file switches on', () => {
    const { folder } = folderOf({ 'lunchrush.config.json': '{ "readOnly": true, "ascii": 1 }' });
    expect(refusal([], { cwd: folder })).toContain('"ascii" in lunchrush.config.json is said for one run');
    const other = folderOf({ 'lunchrush.config.json': '{ "readOnly": true, "brokers": ["a:1", "b:2"] }' });
    expect(read([], { cwd: other.folder })).toMatchObject({ readOnly: true, workers: 0, brokers: ['a:1', 'b:2'] });
    expect(read([], { cwd: other.folder, env: { LUNCHRUSH_READ_ONLY: 'off' } })).not.toHaveProperty('readOnly');
  });

  test('that a program does not take is not looked at', () => {
    expect(read(['broker'], { env: { INVENTORY_FAIL_RATE: 'nonsense' } })).toEqual({ mode: 'broker' });
    expect(read(['help'], { env: { LUNCHRUSH_CONFIG: '/nowhere' } })).toEqual({ mode: 'help' });
  });
});

describe('settings that are at odds', () => {
  test.each([
    [['--tls'], '--tls and the embedded broker exclude each other: add --brokers for a cluster'],
    [['--replication-factor', '3'], '--replication-factor and the embedded broker exclude each other'],
    [['--fresh', '--command-config', 'x'], '--command-config and --fresh exclude each other'],
    [['--fresh', '--read-only'], '--read-only and --fresh exclude each other'],
    [['--read-only', '--workers', '2'], '--workers and --read-only exclude each other: workers write'],
    [['--read-only', '--partitions', '2'], '--partitions and --read-only exclude each other'],
    [['--workers', '0', '--throttle', '5ms'], '--throttle and --workers 0 exclude each other'],
    [['--orders-topic', 'x', '--dead-letters-topic', 'x'], 'two of our topics would both be called "x"'],
    [['--prefix', 'a-', '--inventory-group', 'a-analytics-group'], 'two of our groups would both be called'],
  ])('%j is refused with a sentence', (argv, sentence) => {
    expect(refusal(argv)).toContain(sentence);
  });

  test('of the environment or a file are ignored with a note where the command line is clear', () => {
    const { folder } = folderOf({ 'lunchrush.config.json': '{ "tls": true, "workers": 3 }' });
    const env = { LUNCHRUSH_SASL_PASSWORD: 'x', KAFKA_BOOTSTRAP_SERVERS: 'k:1' };
    const options = read(['--fresh'], { env, cwd: folder });
    expect(options).toMatchObject({
      workers: 3,
      notes: [
        'KAFKA_BOOTSTRAP_SERVERS, "tls" in lunchrush.config.json and LUNCHRUSH_SASL_PASSWORD are ignored because of --fresh',
      ],
    });
    expect(options).not.toHaveProperty('security');
    expect(read(['--read-only'], { env: { INVENTORY_FAIL_RATE: '0.1' } })).toMatchObject({
      workers: 0,
      failRate: 0,
      notes: ['INVENTORY_FAIL_RATE is ignored because of --read-only'],
    });
  });

  test('names are given in full, and the others stand behind the prefix', () => {
    const argv = ['--prefix', 'x-', '--orders-topic', 'shop.orders', '--analytics-group', 'counters'];
    expect(read(argv)).toMatchObject({
      prefix: 'x-',
      topics: { orders: 'shop.orders' },
      groups: { analytics: 'counters' },
    });
    expect(read([])).not.toHaveProperty('topics');
  });
});
