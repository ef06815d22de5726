import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  readCount,
  readDuration,
  readFraction,
  readRate,
  writeCount,
  writeDuration,
  writeFraction,
  writeRate,
} from '../../../src/engine/language/quantity.ts';

describe('quantities', () => {
  test.each([
    ['10000', 10_000],
    ['10k', 10_000],
    ['1M', 1_000_000],
    ['2.3k', 2300],
    ['0', 0],
    ['1.5', undefined],
    ['-1', undefined],
    ['k', undefined],
    ['10kk', undefined],
    ['99999999999M', undefined],
    ['', undefined],
    ['constructor', undefined],
    ['1constructor', undefined],
  ])('count %s is %s', (text, value) => {
    expect(readCount(text)).toBe(value);
  });

  test.each([
    ['250ms', 250],
    ['5s', 5000],
    ['2m', 120_000],
    ['1h', 3_600_000],
    ['2.3s', 2300],
    ['0', 0],
    ['5', undefined],
    ['s', undefined],
    ['5 s', undefined],
  ])('duration %s is %s ms', (text, value) => {
    expect(readDuration(text)).toBe(value);
  });

  test.each([
    ['500/s', 500],
    ['2k/s', 2000],
    ['0.5/s', 0.5],
    ['0', 0],
    ['500', undefined],
    ['/s', undefined],
    ['5/m', undefined],
  ])('rate %s is %s a second', (text, value) => {
    expect(readRate(text)).toBe(value);
  });

  test.each([
    ['0.3', 0.3],
    ['30%', 0.3],
    ['7%', 0.07],
    ['57%', 0.57],
    ['0.5%', 0.005],
    ['100%', 1],
    ['1.5', undefined],
    ['101%', undefined],
    ['%', undefined],
  ])('fraction %s is %s', (text, value) => {
    expect(readFraction(text)).toBe(value);
  });

  test('what is written is read back as the same number', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.double({ min: 0, max: 1, noNaN: true }), (whole, fraction) => {
        expect(readCount(writeCount(whole))).toBe(whole);
        expect(readDuration(writeDuration(whole % 1e12))).toBe(whole % 1e12);
        expect(readRate(writeRate(whole % 1e12))).toBe(whole % 1e12);
        expect(readFraction(writeFraction(fraction))).toBe(fraction);
      }),
    );
  });
});
