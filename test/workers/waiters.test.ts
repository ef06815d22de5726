import { describe, expect, test } from 'vitest';
import { createWaiters } from '../../src/workers/waiters.ts';

const is =
  <V extends number>(value: V) =>
  (item: number): item is V =>
    item === value;

describe('waiters', () => {
  test('each waits for the first later item that matches, and only for that', async () => {
    const waiters = createWaiters<number>();
    waiters.show(1);
    const one = waiters.next(is(1));
    const two = waiters.next(is(2));
    waiters.show(2);
    waiters.show(1);
    expect(await Promise.all([one, two])).toEqual([1, 2]);
  });

  test('all that wait for the same item are given it', async () => {
    const waiters = createWaiters<number>();
    const both = [waiters.next(is(7)), waiters.next(is(7))];
    waiters.show(7);
    expect(await Promise.all(both)).toEqual([7, 7]);
  });

  test('a failure rejects all that wait now, and nobody who comes later', async () => {
    const waiters = createWaiters<number>();
    const early = waiters.next(is(1));
    waiters.fail(new Error('gone'));
    const late = waiters.next(is(1));
    waiters.show(1);
    await expect(early).rejects.toThrow('gone');
    expect(await late).toBe(1);
  });
});
