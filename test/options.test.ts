import { describe, expect, test } from 'vitest';
import { nearest } from '../src/engine/language/nearest.ts';
import { readDuration, readFraction } from '../src/engine/language/quantity.ts';
import { LunchrushError } from '../src/errors.ts';
import { readOptions } from '../src/options.ts';

function read(argv: string[], env: Record<string, string> = {}) {
  const quantities = { fraction: readFraction, duration: readDuration };
  return readOptions({ argv, env, version: '1.2.3', quantities, nearest });
}

function refusal(argv: string[], env: Record<string, string> = {}): [string, string] | undefined {
  try {
    read(argv, env);
    return undefined;
  } catch (error) {
    if (error instanceof LunchrushError) return [error.code, error.message];
    throw error;
  }
}

describe('options', () => {
  test('without any there is the console with its defaults', () => {
    expect(read([])).toEqual({
      mode: 'console',
      failRate: 0,
      throttleMs: 0,
      workers: 1,
      prefix: '',
      fresh: false,
      color: true,
      ascii: false,
      notes: [],
    });
  });

  test('every setting is read and checked', () => {
    const argv =
      '--brokers a:1,[::1]:2 --data-dir /d --fail-rate 30% --throttle 20ms --workers 3 --prefix x- --partitions 6';
    expect(
      read([...argv.split(' '), '--no-color', '--ascii', '--script', 'f', '-e', 'a', '-e', 'b', '--json']),
    ).toEqual({
      mode: 'script',
      brokers: ['a:1', '[::1]:2'],
      dataDir: '/d',
      failRate: 0.3,
      throttleMs: 20,
      workers: 3,
      prefix: 'x-',
      partitions: 6,
      fresh: false,
      color: false,
      ascii: true,
      notes: [],
      script: 'f',
      lines: ['a', 'b'],
      json: true,
      keepGoing: false,
    });
  });

  test('the environment fills in what the command line leaves out, ours before the old variables', () => {
    const env = {
      KAFKA_BOOTSTRAP_SERVERS: 'k:9092',
      INVENTORY_FAIL_RATE: '0.25',
      CONSUMER_THROTTLE_MS: '15',
      LUNCHRUSH_WORKERS: '2',
      LUNCHRUSH_FAIL_RATE: '50%',
      NO_COLOR: '1',
    };
    expect(read([], env)).toMatchObject({
      brokers: ['k:9092'],
      failRate: 0.5,
      throttleMs: 15,
      workers: 2,
      color: false,
    });
    expect(read(['--fail-rate', '0', '--brokers', 'b:1'], env)).toMatchObject({ failRate: 0, brokers: ['b:1'] });
    expect(read([], { LUNCHRUSH_WORKERS: '', NO_COLOR: '' })).toMatchObject({ workers: 1, color: true });
  });

  test('--fresh ignores a cluster and a folder of the environment, and says so', () => {
    const env = { KAFKA_BOOTSTRAP_SERVERS: 'k:9092', LUNCHRUSH_DATA_DIR: '/d' };
    const options = read(['--fresh', '-e', 'lag'], env);
    expect(options).toMatchObject({
      fresh: true,
      notes: [
        'KAFKA_BOOTSTRAP_SERVERS is ignored because of --fresh',
        'LUNCHRUSH_DATA_DIR is ignored because of --fresh',
      ],
    });
    expect(options).not.toHaveProperty('brokers');
    expect(options).not.toHaveProperty('dataDir');
  });

  test.each([
    [['--brokers', 'a:1', '--fresh'], '--brokers and --fresh exclude each other: fresh data is in an embedded broker'],
    [['--data-dir', 'd', '--fresh'], '--data-dir and --fresh exclude each other: fresh data is thrown away at the end'],
    [
      ['--brokers', 'a:1', '--broker-port', '9'],
      '--broker-port and --brokers exclude each other: the port is that of the embedded broker',
    ],
    [['--scrpt', 'x'], 'unknown option "--scrpt"; did you mean --script?'],
    [['--workers'], '--workers needs a value: N'],
    [['--workers', '65'], '--workers: "65" is not a number of workers from 0 to 64'],
    [
      ['--brokers', 'localhost'],
      '--brokers: "localhost" is not a list of addresses such as localhost:9092 or a:9092,b:9092',
    ],
    [
      ['--brokers', 'a:99999'],
      '--brokers: "a:99999" is not a list of addresses such as localhost:9092 or a:9092,b:9092',
    ],
    [['--broker-port', '0x50'], '--broker-port: "0x50" is not a port from 1 to 65535'],
    [['--fail-rate', '1.5'], '--fail-rate: "1.5" is not a fraction from 0 to 1, such as 0.3 or 30%'],
    [['--json'], '--json goes with a script: add -e or --script'],
    [['load'], '"load" is no program of lunchrush; commands go into -e or --script'],
    [['broker', '--fresh'], '--fresh does not go with lunchrush broker'],
    [['broker', '--workers', '2'], '--workers does not go with lunchrush broker'],
    [['broker', 'chek'], '"chek" does not follow broker'],
    [['broker', 'check', 'it'], '"it" does not follow broker check'],
    [['broker', 'check', '--broker-port', '9099'], '--broker-port does not go with lunchrush broker check'],
  ])('%j is refused with a sentence', (argv, sentence) => {
    expect(refusal(argv)).toEqual(['OPTIONS_WRONG', sentence]);
  });

  test('a variable that is wrong is named', () => {
    expect(refusal([], { CONSUMER_THROTTLE_MS: 'fast' })).toEqual([
      'OPTIONS_WRONG',
      'CONSUMER_THROTTLE_MS: "fast" is not a duration such as 20ms or 1s',
    ]);
  });

  test('broker alone takes folder and port, and nothing of a pipeline', () => {
    expect(read(['broker', '--data-dir', '/d', '--broker-port', '9099'], { INVENTORY_FAIL_RATE: '0.5' })).toEqual({
      mode: 'broker',
      dataDir: '/d',
      brokerPort: 9099,
    });
  });

  test('broker check takes the folder', () => {
    expect(read(['broker', 'check', '--data-dir', '/d'])).toEqual({ mode: 'broker-check', dataDir: '/d' });
    expect(read(['broker', 'check'])).toEqual({ mode: 'broker-check' });
  });

  test('help, --help and --version give what is to be shown', () => {
    expect(read(['help', 'load'])).toEqual({ mode: 'help', topic: 'load' });
    expect(read(['--version'])).toEqual({ mode: 'shown', text: '1.2.3' });
    const help = read(['--help']);
    const text = help.mode === 'shown' ? help.text : '';
    for (const option of ['--script', '-e ', '--json', '--fresh', '--brokers', '--throttle', 'Exit codes']) {
      expect(text).toContain(option);
    }
    expect(text).not.toContain('--health-port');
  });
});
