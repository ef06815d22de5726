import { expect, test } from 'vitest';
import { createBuckets } from '../../src/workers/histogram.ts';

test('each bucket counts what took at most its bound, and the last one all', () => {
  const buckets = createBuckets();
  for (const ms of [0.2, 1, 1.1, 40, 70_000]) buckets.record(ms);
  const { boundsMs, counts, sumMs } = buckets.read();
  const atMost = (ms: number) => counts[boundsMs.indexOf(ms)];
  expect([atMost(1), atMost(2.5), atMost(25), atMost(50), atMost(60_000), counts.at(-1)]).toEqual([2, 3, 3, 4, 4, 5]);
  expect(counts).toHaveLength(boundsMs.length + 1);
  expect(sumMs).toBeCloseTo(70_042.3);
});

test('one measurement may stand for many, and clocks that differ count as no time', () => {
  const buckets = createBuckets();
  buckets.record(-30, 3);
  expect(buckets.read()).toMatchObject({ sumMs: 0 });
  expect(buckets.read().counts[0]).toBe(3);
});
