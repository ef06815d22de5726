import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatIso } from '../../src/orders/iso.ts';
import { decide } from '../../src/orders/outcome.ts';

describe('outcome', () => {
  test('an order that fails at one rate fails at every higher one', () => {
    const rate = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.string(), rate, rate, (orderId, one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        if (decide(orderId, low) === 'failed') expect(decide(orderId, high)).toBe('failed');
      }),
    );
  });

  test('none fails at 0, all fail at 1, and near enough the share asked for between', () => {
    const ids = Array.from({ length: 20_000 }, (_, i) => `o-${i}`);
    const failed = (rate: number) => ids.filter((id) => decide(id, rate) === 'failed').length;
    expect(failed(0)).toBe(0);
    expect(failed(1)).toBe(20_000);
    expect(failed(0.3)).toBeGreaterThan(5700);
    expect(failed(0.3)).toBeLessThan(6300);
  });
});

describe('formatIso', () => {
  test('says what Date says, in any order of times', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4_000_000_000_000)), (times) => {
        for (const ms of times.flatMap((one) => [one, one])) expect(formatIso(ms)).toBe(new Date(ms).toISOString());
      }),
    );
  });
});
