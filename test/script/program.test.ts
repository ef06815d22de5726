import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { killAll, launch, type Outcome, run } from './launch.ts';

const FIRST_LIGHT = 'load 10k; wait idle; expect total_orders == 10000 and total_reservations == 10000';

const folder = mkdtempSync(join(tmpdir(), 'lunchrush-test-'));

/** Takes its ten seconds while other tests run. */
let unreachable: Promise<Outcome>;

beforeAll(() => {
  unreachable = run('--brokers', '127.0.0.1:1', '--data-dir', join(folder, 'none'), '-e', 'lag');
});

afterAll(() => {
  killAll();
  rmSync(folder, { recursive: true, force: true });
});

describe('the program', () => {
  test('pushes ten thousand orders through the pipeline, counts them all and leaves no process behind', async () => {
    const started = launch(['--fresh', '-e', FIRST_LIGHT]);
    expect(await started.done).toMatchObject({ code: 0, stderr: '' });
    expect(started.alive()).toEqual([]);
  });

  test('a knob, a backlog and its end', async () => {
    const lag = 'throttle 20ms; load 1k --background; wait lag.inventory > 0; throttle 0ms; wait idle; expect lag == 0';
    expect(
      await run('--fresh', '-e', `fail-rate 30%; ${lag}; expect failure_rate > 20% and failure_rate < 40%`),
    ).toMatchObject({
      code: 0,
      stderr: '',
    });
  });

  test('an expect that does not hold ends with 1 and says what the fact is', async () => {
    const { code, stderr } = await run(
      '--fresh',
      '-e',
      'produce --count 3; wait idle\nexpect total_orders == 4; say no',
    );
    expect(code).toBe(1);
    expect(stderr).toBe('-e:2: expect total_orders == 4: total_orders == 4 does not hold: total_orders is 3\n');
  });

  test('with --keep-going all of the script is run, and the code is still 1', async () => {
    const wrong = 'expect total_orders == 4; wait total_orders == 5 --timeout 300ms; say to the end';
    const { code, stdout, stderr } = await run('--fresh', '--keep-going', '-e', wrong);
    expect(code).toBe(1);
    expect(stdout).toBe('to the end\n');
    expect(stderr.split('\n')).toHaveLength(3);
  });

  test('a script with faults starts nothing and ends with 2, all faults told', async () => {
    const { code, stdout, stderr } = await run('--fresh', '-e', 'laod 5; expect lagg == 0; replay analytics');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.trimEnd().split('\n')).toHaveLength(3);
  });

  test.each([
    [['--scrpt', 'x'], 'did you mean --script?'],
    [['--fresh', '--brokers', 'localhost:9092', '-e', 'lag'], 'exclude each other'],
    [['--script', '/nowhere.lunch'], '/nowhere.lunch cannot be read'],
  ])('%j ends with 2 and a sentence', async (args, sentence) => {
    const { code, stderr } = await run(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
  });

  test('a command that is refused ends with 4', async () => {
    const { code, stderr } = await run('--fresh', '-e', 'kill inventory/9');
    expect(code).toBe(4);
    expect(stderr).toContain('-e:1: kill inventory/9: ');
  });

  test('a port that is taken ends with 5 and names it', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const { code, stderr } = await run('--data-dir', folder, '--broker-port', String(port), '-e', 'lag');
    server.close();
    expect(code).toBe(5);
    expect(stderr).toContain(String(port));
  });

  test('--json prints one object a line from started to finished, and reads its script from stdin', async () => {
    const { done } = launch(['--fresh', '--json', '--script', '-'], {
      input: 'produce o-1\nwait idle\nexpect total_orders == 1\n',
    });
    const { code, stdout } = await done;
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(code).toBe(0);
    expect(lines[0]).toMatchObject({ type: 'started', format: 1 });
    expect(lines.at(-1)).toMatchObject({ type: 'finished', exit: 0 });
    const caused = lines.filter(({ command }) => command).map(({ type, line, command }) => [type, line, command]);
    expect(caused).toEqual([
      ['result', 1, 'produce o-1'],
      ['expectation', 2, 'wait idle'],
      ['expectation', 3, 'expect total_orders == 1'],
    ]);
    expect(lines.every(({ type, time }) => type && !Number.isNaN(Date.parse(time)))).toBe(true);
    expect(lines.some(({ event }) => event?.type === 'pipeline-running')).toBe(true);
    expect(lines.some(({ event }) => event?.type === 'digest-arrived')).toBe(false);
  });

  test.concurrent.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)(
    '%s in the middle of a command closes cleanly and ends with %i, no process left behind',
    async (signal, exit) => {
      const started = launch([
        '--fresh',
        '-e',
        'load 1M --rate 500/s --background; wait load.produced > 0; say here; sleep 1h',
      ]);
      await started.shows('here');
      started.kill(signal);
      expect(await started.done).toMatchObject({ code: exit, stderr: '' });
      expect(started.alive()).toEqual([]);
    },
  );

  test('a closed pipe on stdout ends it quietly', async () => {
    const started = launch(['--fresh', '-e', 'say one; sleep 200ms; say two; sleep 1h']);
    await started.shows('one');
    started.closePipe();
    expect(await started.done).toMatchObject({ code: 0, stderr: '' });
  });

  test('help and --help need nothing to run', async () => {
    expect((await run('help', 'load')).stdout).toContain('load [COUNT]');
    expect((await run('--help')).stdout).toContain('--keep-going');
    expect((await run('help', 'lod')).code).toBe(2);
  });

  test('a cluster that does not answer ends with 3 and names the address', async () => {
    const { code, stderr } = await unreachable;
    expect(code).toBe(3);
    expect(stderr).toContain('127.0.0.1:1');
  });
});

describe('examples', () => {
  test.each(readdirSync('examples').filter((name) => name.endsWith('.lunch')))('%s runs to its end', async (name) => {
    expect(await run('--fresh', '--script', join('examples', name))).toMatchObject({ code: 0, stderr: '' });
  });
});
