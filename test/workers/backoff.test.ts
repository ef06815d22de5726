import { describe, expect, test } from 'vitest';
import { backoffMs } from '../../src/workers/backoff.ts';

describe('backoff', () => {
  test('the first death is mended at once, each further one after twice the wait, up to ten seconds', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map(backoffMs)).toEqual([
      0, 0, 250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000,
    ]);
  });

  test('a worker that has died very often waits no longer than ten seconds', () => {
    expect(backoffMs(5_000)).toBe(10_000);
  });
});
