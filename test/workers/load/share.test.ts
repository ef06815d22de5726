import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evenly } from '../../../src/workers/load/share.ts';

function picked(share: number, total: number): number[] {
  const isPicked = evenly(share, total);
  return Array.from({ length: total }, (_, i) => i).filter(isPicked);
}

describe('evenly', () => {
  test('of any total, exactly the rounded share is picked', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 3_000 }), (share, total) => {
        expect(picked(share, total)).toHaveLength(Math.round(share * total));
      }),
    );
  });

  test('the picks are spread: no stretch has one more or less than its part', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 1_000 }), (share, total) => {
        const exact = Math.round(share * total) / total;
        picked(share, total).forEach((index, nth) => {
          expect(Math.abs((index + 1) * exact - (nth + 1))).toBeLessThan(1 + 1e-9);
        });
      }),
    );
  });

  test('without a total, shares are exact over a million', () => {
    const isPicked = evenly(0.000_123, undefined);
    let count = 0;
    for (let i = 0; i < 2_000_000; i++) if (isPicked(i)) count += 1;
    expect(count).toBe(246);
  });
});
