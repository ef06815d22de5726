import { describe, expect, test } from 'vitest';
import { type Check, fail, ok, type Result, warn } from '../../src/doctor/check.ts';
import { exitCodeOf } from '../../src/doctor/exit-code.ts';
import { runChecks } from '../../src/doctor/run-checks.ts';
import { LunchrushError } from '../../src/errors.ts';

type Row = Partial<Check> & Pick<Check, 'name'>;

const never = new AbortController().signal;

async function results(rows: readonly Row[], signal = never): Promise<Result[]> {
  const checks = rows.map((row): Check => ({ part: 'p', blames: 'machine', run: () => ok('well'), ...row }));
  const found: Result[] = [];
  for await (const result of runChecks({ checks, now: () => 0, signal })) found.push(result);
  return found;
}

/** Something to wait for, and the way to let it come. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

const brief = (found: readonly Result[]) => found.map(({ name, level }) => `${name} ${level}`);

describe('a table of checks', () => {
  test('is told in its order, whichever check ends first', async () => {
    const slow = gate();
    const found = results([
      { name: 'slow', run: () => slow.opened.then(() => ok('at last')) },
      {
        name: 'quick',
        run: () => {
          slow.open();
          return ok('at once');
        },
      },
    ]);
    expect(brief(await found)).toEqual(['slow ok', 'quick ok']);
  });

  test('skips what needs a failed check, and names what went wrong in the first place', async () => {
    const found = await results([
      { name: 'name', run: () => fail('no', 'do') },
      { name: 'tcp', needs: ['name'] },
      { name: 'tls', needs: ['tcp'] },
      { name: 'other' },
    ]);
    expect(brief(found)).toEqual(['name fail', 'tcp skipped', 'tls skipped', 'other ok']);
    expect(found[2]?.found).toBe('not tried, because of name');
  });

  test('goes on behind a warning, unless it is the end of its line', async () => {
    const end = { ...warn('dead', 'use another'), isEnd: true };
    const found = await results([
      { name: 'warned', run: () => warn('hm', 'look') },
      { name: 'behind', needs: ['warned'] },
      { name: 'dead', run: () => end },
      { name: 'behind it', needs: ['dead'] },
    ]);
    expect(brief(found)).toEqual(['warned warn', 'behind ok', 'dead warn', 'behind it skipped']);
  });

  test('runs what needs one of several as soon as one of them is well', async () => {
    const open = gate();
    const found = await results([
      { part: 'a', name: 'in', run: () => fail('no', 'do') },
      { part: 'b', name: 'in', run: () => open.opened.then(() => ok('late')) },
      { part: 'c', name: 'in' },
      {
        name: 'cluster',
        needsOneOf: ['a: in', 'b: in', 'c: in'],
        run: () => {
          open.open();
          return ok('there');
        },
      },
      { part: 'd', name: 'tcp', run: () => fail('no', 'do') },
      { part: 'd', name: 'in', needs: ['tcp'] },
      { name: 'hopeless', needsOneOf: ['a: in', 'd: in'] },
    ]);
    expect(brief(found).slice(3)).toEqual(['cluster ok', 'tcp fail', 'in skipped', 'hopeless skipped']);
    expect(found.at(-1)?.found).toBe('not tried, because of a: in and d: tcp');
  });

  test('calls a check failed that throws or does not end, with what is known of it', async () => {
    const found = await results([
      {
        name: 'thrown',
        run: () => {
          throw new LunchrushError('KAFKA_REFUSED', 'not let in', { fix: 'ask' });
        },
      },
      { name: 'silent', timeoutMs: 20, run: () => new Promise(() => {}) },
    ]);
    expect(found).toMatchObject([
      { level: 'fail', found: 'not let in', fix: 'ask' },
      { level: 'fail', found: 'no answer within 0.02 s' },
    ]);
  });

  test('ends with the reason of the signal, and tells the running check', async () => {
    const stop = new AbortController();
    let heard: unknown;
    const running = results(
      [
        {
          name: 'long',
          run: (signal) => {
            signal.addEventListener('abort', () => (heard = signal.reason));
            stop.abort(new Error('Ctrl+C'));
            return new Promise(() => {});
          },
        },
        { name: 'next', needs: ['long'] },
      ],
      stop.signal,
    );
    await expect(running).rejects.toThrow('Ctrl+C');
    const alone = results([{ name: 'last', run: () => new Promise(() => {}) }], stop.signal);
    await expect(alone).rejects.toThrow('Ctrl+C');
    const late = new AbortController();
    const inside = [{ name: 'last', run: () => new Promise<never>(() => late.abort(new Error('later'))) }];
    await expect(results(inside, late.signal)).rejects.toThrow('later');
    expect(heard).toEqual(new Error('Ctrl+C'));
  });
});

test.each([
  [['ok', 'warn', 'skipped'], 0],
  [['ok', 'fail cluster', 'fail machine'], 3],
  [['fail machine', 'fail cluster'], 5],
] as const)('%j ends with exit code %d', (levels, code) => {
  const found = levels.map((text) => {
    const [level, blames = 'machine'] = text.split(' ');
    return { level, blames } as Result;
  });
  expect(exitCodeOf(found)).toBe(code);
});
