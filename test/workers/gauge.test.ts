import { describe, expect, test } from 'vitest';
import { createGauge } from '../../src/workers/gauge.ts';

describe('gauge', () => {
  test('an empty one reads zero everywhere', () => {
    expect(createGauge().read()).toEqual({ count: 0, p50: 0, p99: 0, p999: 0, max: 0 });
  });

  test('it tells percentiles to three digits', () => {
    const gauge = createGauge();
    for (let ms = 1; ms <= 1_000; ms++) gauge.record(ms);
    const { count, p50, p99, p999, max } = gauge.read();
    expect(count).toBe(1_000);
    for (const [value, wanted] of [
      [p50, 500],
      [p99, 990],
      [p999, 999],
      [max, 1_000],
    ] as const) {
      expect(Math.abs(value - wanted) / wanted).toBeLessThan(0.002);
    }
  });

  test('one measurement may stand for many', () => {
    const gauge = createGauge();
    gauge.record(1, 999);
    gauge.record(100);
    expect(gauge.read()).toMatchObject({ count: 1_000, p50: 1, p99: 1 });
  });

  test('a clock that went back counts as no time, and a day as ten minutes', () => {
    const gauge = createGauge();
    gauge.record(-5);
    expect(gauge.read()).toMatchObject({ count: 1, max: 0 });
    gauge.record(86_400_000);
    expect(gauge.read().max).toBeCloseTo(600_000, -3);
  });

  test('a reset one begins anew', () => {
    const gauge = createGauge();
    gauge.record(7);
    gauge.reset();
    expect(gauge.read().count).toBe(0);
  });
});
