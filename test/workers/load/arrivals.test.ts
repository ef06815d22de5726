import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dueAfter, intendedAt } from '../../../src/workers/load/arrivals.ts';
import { extentOf } from '../../../src/workers/load/extent.ts';
import type { LoadPlan, LoadShape } from '../../../src/workers/messages.ts';

const shape = fc.constantFrom<LoadShape>('steady', 'ramp', 'spike', 'lunch');

describe('arrivals', () => {
  test('none is due at the start, all at the end and after it, and never fewer than before', () => {
    fc.assert(
      fc.property(shape, fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 1, max: 60_000 }), (of, total, span) => {
        const due = [-1, 0, 0.2, 0.5, 0.8, 1, 2].map((x) => dueAfter(of, total, span, x * span));
        expect(due[0]).toBe(0);
        expect(due[1]).toBe(0);
        expect(due.slice(-2)).toEqual([total, total]);
        expect([...due].sort((a, b) => a - b)).toEqual(due);
      }),
    );
  });

  test('an arrival is intended when it becomes due, to the millisecond', () => {
    fc.assert(
      fc.property(shape, fc.integer({ min: 1, max: 5_000 }), fc.nat(), (of, total, n) => {
        const index = n % total;
        const at = intendedAt(of, total, 10_000, index);
        expect(dueAfter(of, total, 10_000, at + 1)).toBeGreaterThan(index);
        expect(dueAfter(of, total, 10_000, at - 1)).toBeLessThanOrEqual(index + 1);
      }),
    );
  });
});

describe('extent', () => {
  const plan: LoadPlan = { run: 'r', rate: 'max', shape: 'steady', duplicates: 0, malformed: 0, hot: 0 };

  test('a closed loop is bounded by its count, its duration, both, or ten thousand records', () => {
    const forever = Number.POSITIVE_INFINITY;
    expect(extentOf(plan)).toEqual({ total: 10_000, spanMs: forever, untilMs: forever });
    expect(extentOf({ ...plan, count: 5 })).toEqual({ total: 5, spanMs: forever, untilMs: forever });
    expect(extentOf({ ...plan, durationMs: 100 })).toEqual({ total: undefined, spanMs: 100, untilMs: 100 });
    expect(extentOf({ ...plan, count: 5, durationMs: 100 })).toEqual({ total: 5, spanMs: 100, untilMs: 100 });
  });

  test('an open loop spreads its records over the time that its rate takes for them', () => {
    const open = { ...plan, rate: 500 };
    expect(extentOf({ ...open, count: 1_000 })).toMatchObject({ total: 1_000, spanMs: 2_000 });
    expect(extentOf({ ...open, durationMs: 3_000 })).toEqual({ total: 1_500, spanMs: 3_000, untilMs: 3_000 });
    expect(extentOf({ ...open, count: 1_000, durationMs: 500 })).toEqual({ total: 1_000, spanMs: 2_000, untilMs: 500 });
    expect(extentOf(open)).toMatchObject({ total: 10_000, spanMs: 20_000 });
  });
});
