import type { ConsumedRecord } from '../../kafka/record.ts';
import type { Ledger } from '../../orders/ledger.ts';
import type { Latency } from './latency.ts';

/** Folds records of one topic-partition into a ledger, up to (not including) offset `until`. */
export function foldRecords(
  ledger: Ledger,
  at: { topic: string; partition: number; until: number },
  records: readonly ConsumedRecord[],
): void {
  const fold = ledger.fold(at.topic, at.partition);
  for (const record of records) {
    if (record.offset >= at.until) return;
    fold.apply(record.offset, record.value);
  }
}

/** The same for records that are new to the world: measures the orders of the load that is being measured. */
export function foldLive(
  ledger: Ledger,
  at: { topic: string; partition: number; now: number },
  records: readonly ConsumedRecord[],
  latency: Latency,
): void {
  const { partition, now } = at;
  if (!latency.isOn) {
    foldRecords(ledger, { ...at, until: Number.POSITIVE_INFINITY }, records);
  } else if (at.topic === ledger.topics.orders) {
    const fold = ledger.ordersFold(partition);
    for (const { offset, value, key, timestamp } of records) {
      if (fold.apply(offset, value) === 'placed') latency.placed(partition, offset, key, timestamp);
    }
  } else {
    const fold = ledger.outcomesFold(partition);
    for (const { offset, value } of records) {
      if (fold.apply(offset, value) === 'accepted') latency.folded(partition, fold.last, now);
    }
  }
}
