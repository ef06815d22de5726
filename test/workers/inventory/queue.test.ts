import { describe, expect, test } from 'vitest';
import type { ConsumedRecord } from '../../../src/kafka/record.ts';
import { Queue } from '../../../src/workers/inventory/queue.ts';

function records(...offsets: number[]): ConsumedRecord[] {
  return offsets.map((offset) => ({ offset, timestamp: offset * 10, key: null, value: null, headers: [] }));
}

function stage() {
  const calls: string[] = [];
  const queue = new Queue({ hold: () => calls.push('hold'), release: () => calls.push('release') });
  const takeAll = () => {
    const taken: (number | undefined)[] = [];
    while (!queue.isEmpty) taken.push(queue.take()?.offset);
    return taken;
  };
  return { calls, queue, takeAll };
}

describe('queue', () => {
  test('records come out as they went in, batch after batch', () => {
    const { queue, takeAll } = stage();
    queue.put(records(1, 2, 3));
    queue.put(records(4));
    queue.put(records(7, 9));
    expect(takeAll()).toEqual([1, 2, 3, 4, 7, 9]);
    expect(queue.take()).toBeUndefined();
  });

  test('the second batch holds the fetch back, once', () => {
    const { queue, calls } = stage();
    queue.put(records(1));
    expect(calls).toEqual([]);
    queue.put(records(2));
    queue.put(records(3));
    expect(calls).toEqual(['hold']);
  });

  test('the fetch goes on when one batch is left, so that one is always ahead', () => {
    const { queue, calls } = stage();
    for (const offset of [1, 2, 3]) queue.put(records(offset));
    queue.take();
    expect(calls).toEqual(['hold']);
    queue.take();
    expect(calls).toEqual(['hold', 'release']);
    expect(queue.isEmpty).toBe(false);
  });

  test('an empty batch is nothing', () => {
    const { queue, calls } = stage();
    for (let i = 0; i < 3; i++) queue.put([]);
    expect(queue.isEmpty).toBe(true);
    expect(calls).toEqual([]);
  });

  test('it knows since when its first record waits', () => {
    const { queue } = stage();
    expect(queue.waitingSince).toBe(0);
    queue.put(records(5, 6));
    expect(queue.waitingSince).toBe(50);
    queue.take();
    expect(queue.waitingSince).toBe(60);
  });

  test('a cleared queue begins anew, in the middle of a batch too', () => {
    const { queue, calls, takeAll } = stage();
    queue.put(records(1, 2));
    queue.put(records(3));
    queue.take();
    queue.clear();
    expect(queue.isEmpty).toBe(true);
    queue.put(records(8, 9));
    expect(takeAll()).toEqual([8, 9]);
    expect(calls).toEqual(['hold']);
  });
});
