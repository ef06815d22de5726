import { createGauge } from '../gauge.ts';
import type { Buckets } from '../histogram.ts';
import type { LoadDigest, LoadPlan } from '../messages.ts';
import type { RecordKind } from './compose.ts';
import type { LaneLog } from './lane.ts';

/** A send later than this after its intended time counts as late, ms: two ticks. */
const LATE_AFTER_MS = 10;

export type Counts = Omit<
  LoadDigest,
  'kind' | 'slot' | 'incarnation' | 'at' | 'state' | 'waitsFor' | 'memberId' | 'generation' | 'heapBytes' | 'partitions'
>;

/** What one load counts and measures. */
export type Tally = LaneLog & {
  composed(kind: RecordKind): void;
  shed(records: number): void;
  /** Reason of the latest refusal or doubt; empty when all is well. */
  trouble(): string;
  read(phase: LoadDigest['phase'], elapsedMs: number): Counts;
};

/** @param published where publishing is counted over all runs of a thread */
export function createTally(plan: LoadPlan, asked: number | undefined, published: Buckets): Tally {
  const delay = createGauge();
  const publish = createGauge();
  const kinds = { distinct: 0, duplicate: 0, malformed: 0 };
  let produced = 0;
  let errors = 0;
  let unknown = 0;
  let late = 0;
  let shed = 0;
  let trouble = '';
  return {
    composed(kind) {
      kinds[kind] += 1;
    },
    sent(delayMs) {
      if (plan.rate === 'max') return;
      delay.record(delayMs);
      if (delayMs > LATE_AFTER_MS) late += 1;
    },
    acknowledged(records, publishMs) {
      produced += records;
      publish.record(publishMs, records);
      published.record(publishMs, records);
      trouble = '';
    },
    doubted(records, reason) {
      unknown += records;
      trouble = reason;
    },
    refused(records, reason) {
      errors += records;
      trouble = reason;
    },
    shed(records) {
      shed += records;
    },
    trouble: () => trouble,
    read(phase, elapsedMs) {
      return {
        run: plan.run,
        phase,
        asked: asked ?? 0,
        rate: plan.rate,
        produced,
        distinct: kinds.distinct,
        duplicates: kinds.duplicate,
        malformed: kinds.malformed,
        errors,
        unknown,
        late,
        shed,
        elapsedMs,
        achieved: elapsedMs > 0 ? (produced / elapsedMs) * 1000 : 0,
        delay: delay.read(),
        publish: publish.read(),
        published: published.read(),
      };
    },
  };
}
