import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PartitionLag } from '../../../src/engine/lag/group-lag.ts';
import { groupAfter, lagOf, lookAgain, type Told } from '../../../src/engine/lag/lag.ts';

const AROUND = { groupState: 'Stable', owned: true, paused: false, replaying: false, throttleMs: 0 };
const UNTOLD: Told = { position: undefined, waitingSince: 0 };

type Look = { at: number; committed: number; low?: number; high: number };

function look(
  before: PartitionLag | undefined,
  { at, committed, low = 0, high }: Look,
  around = AROUND,
  told = UNTOLD,
) {
  return lookAgain(before, { topic: 't', partition: 0, committed, low, high }, at, told, around);
}

function follow(looks: Look[], around = AROUND): PartitionLag {
  const last = looks.reduce<PartitionLag | undefined>((before, next) => look(before, next, around), undefined);
  if (!last) throw new Error('no looks');
  return last;
}

describe('lag', () => {
  test('it is the high watermark less the committed offset', () => {
    expect(lagOf({ committed: 3, low: 0, high: 10 })).toBe(7);
  });

  test('without a commit it is the whole partition, from what retention left', () => {
    expect(lagOf({ committed: -1, low: 4, high: 10 })).toBe(6);
  });

  test('a commit beyond the end, as after a truncation, is no negative lag', () => {
    expect(lagOf({ committed: 12, low: 0, high: 10 })).toBe(0);
  });

  test('whatever is looked at, lag, rates and times are never negative and never NaN', () => {
    const step = fc.record({ ms: fc.nat(60_000), committed: fc.integer({ min: -1, max: 1e6 }), high: fc.nat(1e6) });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 30 }), (steps) => {
        const times = steps.map((_, i) => steps.slice(0, i + 1).reduce((sum, { ms }) => sum + ms, 0));
        const seen = follow(steps.map(({ committed, high }, i) => ({ at: times[i] ?? 0, committed, high })));
        for (const value of [seen.lag, seen.inRate ?? 0, seen.outRate ?? 0, seen.behindMs, seen.etaMs ?? 0]) {
          expect(value).toBeGreaterThanOrEqual(0);
        }
        expect(seen.ends.length).toBeLessThanOrEqual(60);
      }),
    );
  });

  test('a partition that drains says when it will be done', () => {
    const seen = follow([
      { at: 0, committed: 0, high: 10_000 },
      { at: 1000, committed: 1000, high: 10_000 },
    ]);
    expect(seen).toMatchObject({ lag: 9000, inRate: 0, outRate: 1000, etaMs: 9000 });
  });

  test('a partition that does not drain promises nothing', () => {
    const seen = follow([
      { at: 0, committed: 0, high: 1000 },
      { at: 1000, committed: 1000, high: 2500 },
    ]);
    expect(seen).toMatchObject({ inRate: 1500, outRate: 1000, etaMs: null });
  });

  test('a rate fades with what it is the mean of, and is gone five seconds after the last growth', () => {
    const moving = [0, 1, 2].map((s) => ({ at: s * 1000, committed: s * 1000, high: s * 1000 }));
    const resting = (ms: number) => [...moving, { at: 2000 + ms, committed: 2000, high: 2000 }];
    expect(follow(resting(2900)).inRate).toBeGreaterThan(100);
    expect(follow(resting(5000))).toMatchObject({ inRate: 0, outRate: 0 });
  });

  test('seconds behind come from the worker when it tells them, else from when the end was there', () => {
    const first = look(undefined, { at: 10_000, committed: 0, high: 0 });
    const sample = { at: 14_000, committed: 50, high: 100 };
    expect(look(first, sample).behindMs).toBe(2000);
    expect(look(first, sample, AROUND, { position: 60, waitingSince: 13_500 }).behindMs).toBe(500);
    expect(look(first, { ...sample, committed: 100 }, AROUND, { position: 100, waitingSince: 9 }).behindMs).toBe(0);
  });

  test('a group is the sum of its lags, and as late and as bad as its worst partition', () => {
    const good = follow([{ at: 0, committed: 5, high: 5 }]);
    const bad = follow([{ at: 0, committed: 0, high: 5 }], { ...AROUND, owned: false });
    const sample = { groupId: 'g', state: 'Stable', protocol: '', members: [], partitions: [] };
    expect(groupAfter(sample, [good, bad], 0)).toMatchObject({ lag: 5, verdict: 'stopped', etaMs: null });
    expect(groupAfter(sample, [good], 0)).toMatchObject({ lag: 0, verdict: 'ok', etaMs: 0 });
  });
});

describe('verdict over looks', () => {
  const falling = (n: number, from: number) =>
    Array.from({ length: n }, (_, i) => ({ at: i * 1000, committed: from, high: 100 + i * 100 }));

  test('idle is ok, for ever', () => {
    const looks = Array.from({ length: 100 }, (_, i) => ({ at: i * 1000, committed: 7, high: 7 }));
    expect(follow(looks).verdict).toBe('ok');
  });

  test('a commit that stands still for 15 s with records waiting is a stall', () => {
    expect(follow(falling(15, 50)).verdict).not.toBe('stalled');
    expect(follow(falling(18, 50)).verdict).toBe('stalled');
  });

  test('a first record after a long rest is no stall', () => {
    const rest = Array.from({ length: 60 }, (_, i) => ({ at: i * 1000, committed: 7, high: 7 }));
    expect(
      follow([...rest, { at: 60_000, committed: 7, high: 8 }, { at: 61_000, committed: 7, high: 8 }]).verdict,
    ).toBe('ok');
  });

  test('consuming slower than producing falls behind once it has been behind for the window', () => {
    const looks = Array.from({ length: 60 }, (_, i) => ({ at: i * 1000, committed: i * 50, high: i * 100 }));
    expect(follow(looks).verdict).toBe('falling behind');
  });

  test('consuming faster than producing catches up', () => {
    const looks = Array.from({ length: 40 }, (_, i) => ({ at: i * 1000, committed: i * 100, high: 10_000 + i * 10 }));
    expect(follow(looks).verdict).toBe('catching up');
  });

  test('one odd look changes nothing, two in a row do', () => {
    const calm = [
      { at: 0, committed: 5, high: 5 },
      { at: 1000, committed: 5, high: 5 },
    ];
    const gone = { ...AROUND, owned: false };
    const odd = look(follow(calm), { at: 2000, committed: 5, high: 9 }, gone);
    expect(odd).toMatchObject({ verdict: 'ok', candidate: 'stopped' });
    expect(look(odd, { at: 3000, committed: 5, high: 9 }, AROUND).verdict).toBe('ok');
    expect(look(odd, { at: 3000, committed: 5, high: 9 }, gone).verdict).toBe('stopped');
  });
});
