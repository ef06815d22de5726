import type { Histogram } from './messages.ts';

/** Upper bounds of the buckets, ms: half a decade at most between two, from a loopback acknowledgement to a long outage. */
const BOUNDS_MS = [1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000] as const;

/** Counts measurements by how long they took, and never forgets: what monitoring systems take rates and quantiles of. */
export type Buckets = {
  /** Counts `count` measurements of `ms`; less than nothing, from clocks that differ, is nothing. */
  record(ms: number, count?: number): void;
  read(): Histogram;
};

export function createBuckets(): Buckets {
  const inside = new Array<number>(BOUNDS_MS.length + 1).fill(0);
  let sumMs = 0;
  return {
    record(ms, count = 1) {
      const took = Math.max(0, ms);
      let at = 0;
      while (at < BOUNDS_MS.length && took > (BOUNDS_MS[at] as number)) at++;
      inside[at] = (inside[at] as number) + count;
      sumMs += took * count;
    },
    read() {
      let reached = 0;
      const counts = inside.map((count) => (reached += count));
      return { boundsMs: BOUNDS_MS, counts, sumMs };
    },
  };
}
