import { describe, expect, test } from 'vitest';
import { PROGRAMS } from '../../src/options/programs.ts';
import { read, refusal, shown } from './read.ts';

const CLUSTER = ['--brokers', 'k:9092'];

describe('programs', () => {
  test.each([
    [[], 'console'],
    [['-e', 'lag'], 'script'],
    [['serve'], 'serve'],
    [['broker'], 'broker'],
    [['broker', 'check'], 'broker-check'],
    [['worker', 'inventory', ...CLUSTER], 'worker'],
    [['audit'], 'audit'],
    [['doctor'], 'doctor'],
    [['config'], 'config'],
    [['completion', 'zsh'], 'completion'],
    [['help'], 'help'],
  ])('%j runs %s', (argv, mode) => {
    expect(read(argv).mode).toBe(mode);
  });

  test('options may stand before and behind the words', () => {
    const expected = { mode: 'worker', kind: 'analytics', brokers: ['k:9092'], healthPort: 8090, prefix: 'x-' };
    expect(read(['--prefix', 'x-', 'worker', 'analytics', ...CLUSTER, '--health-port', '8090'])).toMatchObject(
      expected,
    );
    expect(read([...CLUSTER, 'worker', '--health-port', '8090', 'analytics', '--prefix', 'x-'])).toMatchObject(
      expected,
    );
  });

  test('a load worker takes the text of a load command', () => {
    const options = read(['worker', 'load', '100k --rate 500/s', ...CLUSTER]);
    expect(options).toMatchObject({ kind: 'load', load: '100k --rate 500/s', healthHost: '127.0.0.1' });
    expect(read(['worker', 'load', ...CLUSTER])).not.toHaveProperty('load');
  });

  test.each([
    [['serve', '--script', 'x'], '--script does not go with lunchrush serve (it goes with lunchrush)'],
    [['--health-port', '1'], '--health-port does not go with lunchrush (it goes with lunchrush worker inventory, '],
    [['worker', 'inventory', ...CLUSTER, '--workers', '2'], '--workers does not go with lunchrush worker inventory'],
    [
      ['worker', 'analytics', ...CLUSTER, '--fail-rate', '1'],
      '--fail-rate does not go with lunchrush worker analytics',
    ],
    [['worker', 'inventory', ...CLUSTER, '--fresh'], '--fresh does not go with lunchrush worker inventory'],
    [['audit', '--http'], '--http does not go with lunchrush audit'],
    [['completion', 'bash', '--json'], '--json does not go with lunchrush completion'],
    [['--fresh', 'broker'], '--fresh does not go with lunchrush broker'],
    [['worker', 'inventory'], 'a worker of its own needs a cluster: add --brokers HOST:PORT'],
    [['worker'], 'which worker? inventory, analytics or load has to follow'],
    [['worker', 'invntory'], '"invntory" does not follow worker (did you mean inventory?)'],
    [['worker', 'load', '100k', 'max'], '"max" does not follow worker load (what follows the verb load in a script'],
    [['completion'], 'which shell? bash, zsh or fish has to follow'],
    [['completion', 'bsh'], '"bsh" is not one of bash, zsh and fish (did you mean bash?)'],
    [['srve'], '"srve" is no program of lunchrush; commands go into -e or --script (did you mean serve?)'],
    [['broker', 'chek'], '"chek" does not follow broker (did you mean check?)'],
    [['--worker', '2'], 'unknown option "--worker"; did you mean --workers?'],
  ])('%j is refused with a sentence', (argv, sentence) => {
    expect(refusal(argv)).toContain(sentence);
  });

  test('an unknown option is named without what is written behind it', () => {
    const meant = refusal(['--sasl-pasword=hunter2']);
    expect(meant).toContain('there is no --sasl-password: everybody on a machine can read the command lines');
    expect(meant).not.toContain('hunter2');
    expect(refusal(['--pasword', 'hunter2'])).not.toContain('hunter2');
  });
});

describe('help', () => {
  test.each(Object.values(PROGRAMS))(
    'of "$words" has what goes with it and nothing else',
    ({ words, summary, examples }) => {
      const text = shown([...words.split(' ').filter(Boolean), '--help']);
      expect(text.toLowerCase()).toContain(summary.toLowerCase());
      for (const example of examples) expect(text).toContain(example);
      expect(text.includes('--broker-port')).toBe(PROGRAMS[words].settings.some((name) => name === 'brokerPort'));
      expect(text.includes('--script')).toBe(words === '');
      expect(text).not.toMatch(/--sasl-password |undefined/);
    },
  );

  test('every line fits into 120 columns', () => {
    for (const words of Object.keys(PROGRAMS)) {
      const lines = shown([...words.split(' ').filter(Boolean), '--help']).split('\n');
      expect(lines.filter((line) => line.length > 120)).toEqual([]);
    }
  });

  test('of a program is also behind help, where no verb has its name', () => {
    expect(read(['help', 'serve'])).toEqual({ mode: 'help', topic: 'serve', program: shown(['serve', '--help']) });
    expect(read(['help', 'worker', 'load'])).toMatchObject({ topic: 'worker load' });
    expect(read(['help', 'load'])).toEqual({ mode: 'help', topic: 'load' });
  });
});
