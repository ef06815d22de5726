import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytes, count, percent, rate, share, short } from '../../../src/ui/format/number.ts';

describe('numbers', () => {
  test('counts have their thousands apart', () => {
    expect([0, 999, 1_000, 128_402, 1_234_567.4].map(count)).toEqual(['0', '999', '1,000', '128,402', '1,234,567']);
    fc.assert(fc.property(fc.nat(2 ** 31), (n) => Number(count(n).replaceAll(',', '')) === n));
  });

  test('a short count takes at most five cells', () => {
    expect([0, 999, 1_000, 3_422, 128_402, 999_949, 999_950, 12_000_000].map(short)).toEqual([
      '0',
      '999',
      '1k',
      '3.4k',
      '128k',
      '1000k',
      '1M',
      '12M',
    ]);
    fc.assert(fc.property(fc.nat(2 ** 31), (n) => short(n).length <= 5));
  });

  test('rates, fractions and bytes carry their units', () => {
    expect([rate(1_204.4), rate(0), rate(null), rate(undefined)]).toEqual(['1,204/s', '0/s', '–', '–']);
    expect([percent(0.3012), percent(0), share(0.01), share(0.005)]).toEqual(['30.1 %', '0.0 %', '1 %', '0.5 %']);
    expect([204, 1_500, 61_200_000, 999_600].map(bytes)).toEqual(['204 B', '1.5 kB', '61 MB', '1.0 MB']);
  });
});
