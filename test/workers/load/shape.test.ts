import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PROGRESS, timeOf } from '../../../src/workers/load/shape.ts';
import type { LoadShape } from '../../../src/workers/messages.ts';

const SHAPES = Object.keys(PROGRESS) as LoadShape[];
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe.each(SHAPES)('shape %s', (shape) => {
  const progress = PROGRESS[shape];

  test('begins with nothing and ends with all', () => {
    expect(progress(0)).toBe(0);
    expect(progress(1)).toBeCloseTo(1, 12);
  });

  test('never falls and stays between', () => {
    fc.assert(
      fc.property(share, share, (x, y) => {
        const [early, late] = x < y ? [x, y] : [y, x];
        expect(progress(late) - progress(early)).toBeGreaterThanOrEqual(-1e-12);
        expect(progress(x)).toBeGreaterThanOrEqual(-1e-12);
        expect(progress(x)).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });

  test('the time of a share is when that share is due', () => {
    fc.assert(
      fc.property(share, (y) => {
        expect(progress(timeOf(shape, y))).toBeCloseTo(y, 6);
      }),
    );
  });
});

describe('shapes', () => {
  test('a ramp ends at twice the mean rate, a spike holds half of all in its tenth, lunch peaks in the middle', () => {
    const rate = (shape: LoadShape, x: number) => (PROGRESS[shape](x + 1e-6) - PROGRESS[shape](x - 1e-6)) / 2e-6;
    expect(rate('ramp', 0.999)).toBeCloseTo(2, 1);
    expect(PROGRESS.spike(0.55) - PROGRESS.spike(0.45)).toBeCloseTo(0.55, 9);
    expect(rate('lunch', 0.5)).toBeCloseTo(2, 3);
    expect(rate('lunch', 0.001)).toBeLessThan(0.001);
  });
});
