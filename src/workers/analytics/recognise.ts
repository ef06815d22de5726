import type { PartitionReader } from '../../kafka/partition-reader.ts';
import type { Ledger } from '../../orders/ledger.ts';
import { hashOfValue } from '../../orders/position.ts';

/** Why what is known of a topic-partition does not belong to its log any more. */
export type Stranger = { topic: string; partition: number; reason: string };

/**
 * Looks whether every topic-partition's log is still the one that the ledger was folded from: the record at next - 1 must
 * hash as it did, unless retention has removed it. Names those that are not.
 */
export async function recognise(ledger: Ledger, reader: PartitionReader): Promise<Stranger[]> {
  const looks = ledger.folds().map(async ({ topic, partition, fold }) => {
    const { next } = fold.position;
    if (next === 0) return undefined;
    const marks = (await reader.watermarks(topic, [partition])).get(partition);
    if (!marks || next > marks.high) {
      return { topic, partition, reason: `it ends at ${marks?.high ?? 0}, but was folded up to ${next}` };
    }
    if (next - 1 < marks.low) return undefined;
    const last = await reader.readOne(topic, partition, next - 1);
    if (!last || hashOfValue(last.value) === fold.position.lastHash()) return undefined;
    return { topic, partition, reason: `the record at ${next - 1} is another one than was folded` };
  });
  return (await Promise.all(looks)).filter((s) => s !== undefined);
}
