import { describe, expect, test } from 'vitest';
import { LunchrushError } from '../../src/errors.ts';
import { type HeadlessOptions, runHeadless } from '../../src/script/headless.ts';
import type { Interruption } from '../../src/script/signals.ts';
import { type Act, engineThat, found, memory, stillClock } from './fakes.ts';

const OK: Act = ({ verb }) => (verb === 'expect' || verb === 'wait' ? found(true) : { data: verb, text: [verb] });

/** Runs the door on a double of the engine and gives all that can be seen from outside. */
async function run(line: string, act: Act = OK, options: Partial<HeadlessOptions> = {}) {
  const [stdout, stderr, clock] = [memory(), memory(), stillClock()];
  const interrupt = new AbortController();
  const engine = engineThat(act);
  const log: string[] = [];
  const defaults = { lines: [line], json: false, keepGoing: false, color: false, ascii: true, notes: [] };
  const exit = await runHeadless(
    { ...defaults, ...options },
    {
      version: '1.2.3',
      clock,
      stdout,
      stderr,
      signal: interrupt.signal,
      readFile: async () => 'lag; metrics',
      readStdin: async () => 'topics',
      open: async () => {
        log.push('opened');
        return { engine, close: async () => void log.push('closed') };
      },
    },
  );
  const json = () =>
    stdout
      .text()
      .trimEnd()
      .split('\n')
      .map((text) => JSON.parse(text));
  return { exit, out: stdout.text(), err: stderr.text(), json, log, done: engine.done.map(({ verb }) => verb) };
}

describe('headless door', () => {
  test('runs the commands in order, results on stdout, and closes', async () => {
    const { exit, out, err, log, done } = await run('lag; metrics; expect lag == 0');
    expect({ exit, out, err }).toEqual({ exit: 0, out: 'lag\nmetrics\nholds\n', err: '' });
    expect(done).toEqual(['lag', 'metrics', 'expect']);
    expect(log).toEqual(['opened', 'closed']);
  });

  test('starts nothing when anything is wrong with the script, and tells all of it', async () => {
    const { exit, out, err, log } = await run('lag; laod 5\nexpect lagg == 0');
    expect({ exit, out, log }).toEqual({ exit: 2, out: '', log: [] });
    expect(err).toBe(
      '-e:1:6: there is no command "laod"; did you mean "load"?\n-e:2:8: there is no fact "lagg"; did you mean "lag"?\n',
    );
  });

  test('an expect that does not hold ends the script with 1 and says why, where', async () => {
    const act: Act = (command, signal) => (command.verb === 'expect' ? found(false, 'lag is 7') : OK(command, signal));
    const { exit, err, done, log } = await run('lag\nexpect lag == 0; metrics', act);
    expect({ exit, err, done }).toEqual({ exit: 1, err: '-e:2: expect lag == 0: lag is 7\n', done: ['lag', 'expect'] });
    expect(log).toEqual(['opened', 'closed']);
  });

  test('--keep-going goes on after what does not hold, and the code stays 1', async () => {
    const act: Act = (command, signal) => (command.verb === 'expect' ? found(false, 'no') : OK(command, signal));
    const { exit, done } = await run('expect lag == 0; metrics', act, { keepGoing: true });
    expect({ exit, done }).toEqual({ exit: 1, done: ['expect', 'metrics'] });
  });

  test('--keep-going does not go on after a command that failed, and the first failure decides', async () => {
    const act: Act = (command) => {
      if (command.verb === 'lag') throw new LunchrushError('KAFKA_UNREACHABLE', 'nobody at :9092');
      return found(false, 'no');
    };
    const first = await run('lag; metrics', act, { keepGoing: true });
    expect({ exit: first.exit, done: first.done }).toEqual({ exit: 3, done: ['lag'] });
    expect(first.err).toBe('-e:1: lag: nobody at :9092\n  check the address, and that the broker runs\n');
    expect((await run('expect lag == 0; lag', act, { keepGoing: true })).exit).toBe(1);
  });

  test('what nobody foresaw ends with 70 and shows where it comes from', async () => {
    const act: Act = () => {
      throw new TypeError('x is not a function');
    };
    const { exit, err } = await run('lag', act);
    expect(exit).toBe(70);
    expect(err).toMatch(/TypeError: x is not a function\n\s+at /);
    expect(err).toContain('please report this');
  });

  test('quit ends the script', async () => {
    expect(await run('lag; quit; metrics')).toMatchObject({ exit: 0, done: ['lag', 'quit'] });
  });

  test('a file comes before -e, and - is stdin', async () => {
    expect((await run('quit', OK, { script: 'a.lunch' })).done).toEqual(['lag', 'metrics', 'quit']);
    expect((await run('quit', OK, { script: '-' })).done).toEqual(['topics', 'quit']);
  });

  test('several -e are told apart in messages', async () => {
    const { err } = await run('', OK, { lines: ['lag', 'nope'] });
    expect(err).toBe('-e#2:1:1: there is no command "nope"\n');
  });

  test('notes of the options go to stderr', async () => {
    expect((await run('lag', OK, { notes: ['X is ignored'] })).err).toBe('X is ignored\n');
  });
});

describe('headless door with --json', () => {
  test('tells one object a line: started, results and expectations with their cause, finished', async () => {
    const { json, err } = await run('lag\n wait idle', OK, { json: true });
    const time = '2026-02-19T12:00:00.000Z';
    expect(json()).toEqual([
      { type: 'started', version: '1.2.3', format: 1, time },
      { type: 'result', time, file: '-e', line: 1, command: 'lag', data: 'lag' },
      {
        type: 'expectation',
        time,
        file: '-e',
        line: 2,
        command: 'wait idle',
        holds: true,
        sentence: '',
        facts: [],
        waitedMs: 7,
      },
      { type: 'finished', time, exit: 0 },
    ]);
    expect(err).toBe('');
  });

  test('faults and errors are objects on stdout and lines on stderr', async () => {
    const faulty = await run('nope', OK, { json: true });
    expect(faulty.json().map(({ type }) => type)).toEqual(['started', 'error', 'finished']);
    expect(faulty.json()[1]).toMatchObject({ code: 'SCRIPT_WRONG', file: '-e', line: 1, column: 1 });
    expect(faulty.err).toBe('-e:1:1: there is no command "nope"\n');
    const act: Act = () => {
      throw new LunchrushError('COMMAND_REFUSED', 'not embedded');
    };
    const failed = await run('broker stop', act, { json: true });
    expect(failed.json()[1]).toMatchObject({ type: 'error', line: 1, command: 'broker stop', code: 'COMMAND_REFUSED' });
    expect(failed.json().at(-1)).toMatchObject({ type: 'finished', exit: 4 });
  });
});

describe('headless door interrupted', () => {
  /** Runs `sleep 1h` and interrupts it as soon as it runs. */
  async function interrupted(reason: Interruption, break_: 'signal' | 'pipe' = 'signal') {
    const [stdout, stderr, clock] = [memory(), memory(), stillClock()];
    const interrupt = new AbortController();
    const log: string[] = [];
    const engine = engineThat((_, signal) => {
      const broken = new Promise<never>((_resolve, reject) =>
        signal?.addEventListener('abort', () => reject(new Error('x'))),
      );
      if (break_ === 'signal') interrupt.abort(reason);
      else stdout.fail();
      return broken;
    });
    const options = { lines: ['sleep 1h; lag'], json: false, keepGoing: true, color: false, ascii: true, notes: [] };
    const open = async () => ({ engine, close: async () => void log.push('closed') });
    const read = async () => '';
    const world = {
      version: '',
      clock,
      stdout,
      stderr,
      signal: interrupt.signal,
      readFile: read,
      readStdin: read,
      open,
    };
    const exit = await runHeadless(options, world);
    return { exit, closed: log.length === 1, err: stderr.text(), done: engine.done.length };
  }

  test.each([
    ['SIGINT', 130],
    ['SIGHUP', 129],
    ['SIGTERM', 143],
  ] as const)('%s breaks the command off, closes and exits with %i, without a word', async (name, exit) => {
    expect(await interrupted({ name, exit })).toEqual({ exit, closed: true, err: '', done: 1 });
  });

  test('a closed pipe on stdout ends it quietly', async () => {
    const ended = await interrupted({ name: 'EPIPE', exit: 0 }, 'pipe');
    expect(ended).toEqual({ exit: 0, closed: true, err: '', done: 1 });
  });

  test('an interruption while everything starts is no error', async () => {
    const interrupt = new AbortController();
    const open = async () => {
      interrupt.abort({ name: 'SIGINT', exit: 130 } satisfies Interruption);
      throw new Error('broken off');
    };
    const stderr = memory();
    const options = { lines: ['lag'], json: false, keepGoing: false, color: false, ascii: true, notes: [] };
    const read = async () => '';
    const streams = { stdout: memory(), stderr, readFile: read, readStdin: read };
    const exit = await runHeadless(options, {
      version: '',
      clock: stillClock(),
      signal: interrupt.signal,
      open,
      ...streams,
    });
    expect([exit, stderr.text()]).toEqual([130, '']);
  });
});
