import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { duration, elapsed, seconds } from '../../../src/ui/format/time.ts';

describe('durations', () => {
  test('stand in the unit that suits them', () => {
    expect([0, 0.4, 9, 999.4, 999.6, 1_240, 27_000, 59_499, 59_500, 125_000, 3_871_000].map(duration)).toEqual([
      '0 ms',
      '0.4 ms',
      '9 ms',
      '999 ms',
      '1.0 s',
      '1.2 s',
      '27 s',
      '59 s',
      '1:00',
      '2:05',
      '1:04:31',
    ]);
  });

  test('take no more than seven cells up to a day, so that columns hold', () => {
    fc.assert(fc.property(fc.double({ min: 0, max: 35_999_000, noNaN: true }), (ms) => duration(ms).length <= 7));
  });

  test('the running clock counts whole seconds', () => {
    expect([0, 59_999, 271_000].map(elapsed)).toEqual(['0:00:00', '0:00:59', '0:04:31']);
  });

  test('time left is given in whole seconds, and not believed above an hour', () => {
    expect([0, 240, 12_300, 125_000, 4_000_000].map(seconds)).toEqual(['0 s', '0 s', '12 s', '2:05', '> 1 h']);
  });
});
