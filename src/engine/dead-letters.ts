import { readDeadLetter } from '../kafka/dead-letters.ts';
import type { ConsumedRecord } from '../kafka/record.ts';
import type { Cluster } from './cluster.ts';
import type { Watermarks } from './state.ts';

/** One partition's count so far: copies come with an offset not above the last, as redelivered outcomes do. */
type Count = { next: number; last: number; distinct: number };

/** Counts distinct dead letters by reading on where it stopped. */
export type DeadLetterCount = {
  /** Reads up to these ends, in order of partition. When it is aborted it resolves with what it has read so far kept. */
  readTo(ends: readonly Watermarks[], signal: AbortSignal): Promise<void>;
  distinct(): number;
};

function add(count: Count, records: readonly ConsumedRecord[]): void {
  for (const record of records) {
    const offset = readDeadLetter(record)?.offset ?? -1;
    if (offset < 0 || offset > count.last) count.distinct++;
    count.last = Math.max(count.last, offset);
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
  const readOn = async (count: Count, partition: number, to: number, signal: AbortSignal) => {
    try {
      for await (const records of cluster.read(topic, partition, { from: count.next, to, signal })) add(count, records);
    } catch (thrown) {
      if (!signal.aborted) throw thrown;
    }
  };
  return {
    async readTo(ends, signal) {
      for (const [partition, end] of ends.entries()) {
        const count = countOf(partition, end);
        if (count.next >= end.high) continue;
        await readOn(count, partition, end.high, signal);
        if (signal.aborted) return;
        count.next = end.high;
      }
    },
    distinct: () => counts.reduce((sum, count) => sum + (count?.distinct ?? 0), 0),
  };
}
