import { describe, expect, test } from 'vitest';
import { distance, meant, nearest } from '../../../src/engine/language/nearest.ts';

describe('nearest word', () => {
  test.each([
    ['load', 'load', 0],
    ['laod', 'load', 1],
    ['lod', 'load', 1],
    ['loaad', 'load', 1],
    ['lead', 'load', 1],
    ['', 'load', 4],
    ['abc', 'xyz', 3],
  ])('from %s to %s it is %i typos', (a, b, typos) => {
    expect(distance(a, b)).toBe(typos);
    expect(distance(b, a)).toBe(typos);
  });

  test('a slip finds its word, whatever the case and the dash', () => {
    const known = ['total_orders', 'fail-rate', 'load'];
    expect(['totl_orders', 'Fail_Rate', 'lOAD', 'fail'].map((word) => nearest(word, known))).toEqual([
      'total_orders',
      'fail-rate',
      'load',
      'fail-rate',
    ]);
  });

  test('what is near to nothing gets no advice', () => {
    expect(meant('zebra', ['load', 'lag'])).toBe('');
  });
});
