import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ageOf, rememberEnd } from '../../../src/engine/lag/behind.ts';
import { etaMs, nextRate } from '../../../src/engine/lag/rate.ts';

describe('rate', () => {
  test('the second look gives the first rate, and a steady stream keeps it', () => {
    let rate = nextRate(null, 500, 1000);
    expect(rate).toBe(500);
    for (let i = 0; i < 20; i++) rate = nextRate(rate, 125, 250);
    expect(rate).toBeCloseTo(500);
  });

  test('it does not depend on how often one looks', () => {
    const once = nextRate(100, 4000, 4000);
    let often: number | null = 100;
    for (let i = 0; i < 16; i++) often = nextRate(often, 250, 250);
    expect(often).toBeCloseTo(once ?? 0);
  });

  test('after the stream has ended it comes to rest at 0', () => {
    let rate: number | null = 10_000;
    for (let i = 0; i < 120; i++) rate = nextRate(rate, 0, 1000);
    expect(rate).toBe(0);
  });

  test('a step back counts as no growth, and two looks at one instant as one', () => {
    expect(nextRate(null, -500, 1000)).toBe(0);
    expect(nextRate(7, 500, 0)).toBe(7);
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
