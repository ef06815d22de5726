import { build } from 'hdr-histogram-js';
import type { Percentiles } from './messages.ts';

/** A latency histogram in ms with microsecond resolution, three digits, up to ten minutes. */
export type Gauge = {
  /** Records `count` measurements of `ms`. */
  record(ms: number, count?: number): void;
  read(): Percentiles;
  reset(): void;
};

const MAX_US = 600_000_000;

export function createGauge(): Gauge {
  const histogram = build({ bitBucketSize: 32, highestTrackableValue: MAX_US, numberOfSignificantValueDigits: 3 });
  const at = (percentile: number) => histogram.getValueAtPercentile(percentile) / 1000;
  return {
    record(ms, count = 1) {
      const us = Math.round(Math.max(0, ms) * 1000);
      histogram.recordValueWithCount(Math.min(us, MAX_US), count);
    },
    read() {
      const count = histogram.totalCount;
      if (count === 0) return { count, p50: 0, p99: 0, p999: 0, max: 0 };
      return { count, p50: at(50), p99: at(99), p999: at(99.9), max: histogram.maxValue / 1000 };
    },
    reset() {
      histogram.reset();
    },
  };
}
