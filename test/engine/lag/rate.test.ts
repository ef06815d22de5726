import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ageOf, rememberEnd } from '../../../src/engine/lag/behind.ts';
import type { EndPoint } from '../../../src/engine/lag/group-lag.ts';
import { etaMs, rateOf } from '../../../src/engine/lag/rate.ts';

/** An offset that is looked at every so often. */
function looks(ends: readonly number[], everyMs: number): EndPoint[] {
  return ends.reduce<EndPoint[]>((sofar, end, i) => rememberEnd(sofar, i * everyMs, end), []);
}

const range = (count: number) => Array.from({ length: count }, (_, i) => i);

describe('rate', () => {
  test('there is none before the second look, which gives the first', () => {
    expect(rateOf([])).toBeNull();
    expect(rateOf(looks([7], 1000))).toBeNull();
    expect(rateOf(looks([0, 500], 1000))).toBe(500);
  });

  test('a steady stream has its rate, however often one looks', () => {
    for (const everyMs of [100, 250, 1000, 1700]) {
      expect(
        rateOf(
          looks(
            range(50).map((i) => i * everyMs),
            everyMs,
          ),
        ),
      ).toBeCloseTo(1000);
    }
  });

  test('it is the mean of the last seconds, whatever was before them', () => {
    const before = range(20).map((i) => i * 250);
    const after = range(30).map((i) => 19 * 250 + (i + 1) * 25);
    expect(rateOf(looks([...before, ...after], 250))).toBeCloseTo(100);
    expect(rateOf(looks([...before, ...after.slice(0, 10)], 250))).toBeCloseTo(550);
  });

  test('a stream that begins after a rest is at once as fast as it is', () => {
    expect(rateOf(looks([...range(40).map(() => 3), 53, 103], 1000))).toBeCloseTo(50);
  });

  test('it is 0 when nothing came for the stretch, and no longer than that above it', () => {
    const moving = range(9).map((i) => i * 1000);
    const rest = (seconds: number) => looks([...moving, ...range(seconds).map(() => 8000)], 1000);
    expect(rateOf(rest(4))).toBeCloseTo(200);
    expect(rateOf(rest(5))).toBe(0);
    expect(rateOf(rest(500))).toBe(0);
  });

  test('a step back counts as no growth, and two looks at one instant as one', () => {
    expect(rateOf(looks([9000, 9500, 0], 1000))).toBeNull();
    expect(rateOf(looks([9000, 9500, 0, 100], 1000))).toBe(100);
    expect(rateOf([7, 500].map((end) => ({ at: 0, end })))).toBe(0);
  });

  test('it never is below 0, nor above the fastest step', () => {
    const step = fc.record({ ms: fc.integer({ min: 1, max: 9000 }), by: fc.nat(1000) });
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 80 }), (steps) => {
        let [at, end] = [0, 0];
        const points = steps.reduce<EndPoint[]>((sofar, { ms, by }) => {
          at += ms;
          end += by;
          return rememberEnd(sofar, at, end);
        }, []);
        const fastest = Math.max(...steps.map(({ ms, by }) => (by * 1000) / ms));
        const rate = rateOf(points) ?? 0;
        expect(rate).toBeGreaterThanOrEqual(0);
        expect(rate).toBeLessThanOrEqual(fastest + 1e-6);
      }),
    );
  });

  test('an end is promised only when consuming is clearly faster', () => {
    expect(etaMs(0, null, null)).toBe(0);
    expect(etaMs(100, 100, 104)).toBeNull();
    expect(etaMs(100, 100, 110)).toBe(10_000);
    expect(etaMs(100, null, 10)).toBeNull();
  });
});

describe('age of an offset', () => {
  test('it is read between the looks that the end passed it at', () => {
    const ends = [
      { at: 0, end: 0 },
      { at: 1000, end: 100 },
      { at: 2000, end: 100 },
      { at: 3000, end: 300 },
    ];
    expect(ageOf(ends, 50, 4000)).toBe(3500);
    expect(ageOf(ends, 200, 4000)).toBe(1500);
    expect(ageOf(ends, 300, 4000)).toBe(0);
  });

  test('an offset older than all looks is as old as the first at least', () => {
    expect(ageOf([{ at: 1000, end: 500 }], 10, 4000)).toBe(3000);
  });

  test('of a flat stretch the first and last look are enough, and a partition that shrank is a new one', () => {
    let ends = rememberEnd([], 0, 5);
    for (let at = 1; at < 500; at++) ends = rememberEnd(ends, at, 5);
    expect(ends).toEqual([
      { at: 0, end: 5 },
      { at: 499, end: 5 },
    ]);
    expect(rememberEnd(ends, 500, 2)).toEqual([{ at: 500, end: 2 }]);
  });

  test('a larger offset is never older', () => {
    const grown = fc.array(fc.record({ ms: fc.integer({ min: 1, max: 5000 }), by: fc.nat(100) }), { maxLength: 80 });
    fc.assert(
      fc.property(grown, fc.nat(2000), fc.nat(2000), (steps, one, other) => {
        const looks = steps.reduce(
          (sofar, { ms, by }) => ({
            at: sofar.at + ms,
            end: sofar.end + by,
            ends: rememberEnd(sofar.ends, sofar.at + ms, sofar.end + by),
          }),
          { at: 0, end: 0, ends: rememberEnd([], 0, 0) },
        );
        const { at, ends } = looks;
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        expect(ageOf(ends, low, at)).toBeGreaterThanOrEqual(ageOf(ends, high, at));
      }),
    );
  });
});
