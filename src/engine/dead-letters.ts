import type { Cluster, LogRecord } from './cluster.ts';
import type { Watermarks } from './state.ts';

/** Where a dead letter came from: the header of Spring's recoverer, written by our inventory workers as text. */
const ORIGINAL_OFFSET = 'kafka_dlt-original-offset';

/** A header's text, if the record has it. */
export function headerText(record: LogRecord, name: string): string | undefined {
  const value = record.headers?.[name];
  return value === undefined ? undefined : value.toString();
}

/** The offset in `orders` that a dead letter came from; undefined when somebody else wrote it. */
export function originalOffset(record: LogRecord): number | undefined {
  const offset = Number(headerText(record, ORIGINAL_OFFSET) ?? Number.NaN);
  return Number.isSafeInteger(offset) && offset >= 0 ? offset : undefined;
}

/** One partition's count so far: copies come with an offset not above the last, as redelivered outcomes do. */
type Count = { next: number; last: number; distinct: number };

/** Counts distinct dead letters by reading on where it stopped. */
export type DeadLetterCount = {
  /** Reads up to these ends, in order of partition. When it is aborted or fails it keeps what it has. */
  readTo(ends: readonly Watermarks[], signal: AbortSignal): Promise<void>;
  distinct(): number;
};

function add(count: Count, records: readonly LogRecord[]): void {
  for (const record of records) {
    const offset = originalOffset(record);
    if (offset === undefined || offset > count.last) count.distinct++;
    if (offset !== undefined) count.last = Math.max(count.last, offset);
    count.next = record.offset + 1;
  }
}

/** Creates a count of nothing yet. A partition that shrank is another one, and counted anew. */
export function createDeadLetterCount(cluster: Pick<Cluster, 'read'>, topic: string): DeadLetterCount {
  const counts: Count[] = [];
  const countOf = (partition: number, { low, high }: Watermarks): Count => {
    const known = counts[partition];
    const count = known && known.next <= high ? known : { next: low, last: -1, distinct: 0 };
    count.next = Math.max(count.next, low);
    counts[partition] = count;
    return count;
  };
  return {
    async readTo(ends, signal) {
      for (const [partition, end] of ends.entries()) {
        const count = countOf(partition, end);
        if (count.next >= end.high) continue;
        const range = { from: count.next, to: end.high, signal };
        for await (const records of cluster.read(topic, partition, range)) add(count, records);
        if (signal.aborted) return;
        count.next = end.high;
      }
    },
    distinct: () => counts.reduce((sum, count) => sum + (count?.distinct ?? 0), 0),
  };
}
