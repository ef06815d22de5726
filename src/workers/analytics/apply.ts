import type { ConsumedRecord } from '../../kafka/record.ts';
import type { Ledger } from '../../orders/ledger.ts';
import type { OrdersFold, OrderVerdict } from '../../orders/orders-fold.ts';
import type { OutcomesFold } from '../../orders/outcomes-fold.ts';
import type { Latency } from './latency.ts';
import type { Recent } from './recent.ts';

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

/** What looks on while records that are new to the world are folded. */
export type Onlookers = { latency: Latency; recent: Recent };

/** The same for records that are new to the world: measures them end to end, and notes the last ones. */
export function foldLive(
  ledger: Ledger,
  at: { topic: string; partition: number; now: number },
  records: readonly ConsumedRecord[],
  onlookers: Onlookers,
): void {
  const { topic, partition, now } = at;
  const [orders, outcomes] = [ledger.ordersFold(partition), ledger.outcomesFold(partition)];
  if (topic === ledger.topics.orders) foldOrders(orders, outcomes, now, records, onlookers);
  else foldOutcomes(outcomes, now, records, onlookers);
}

/** A record that may be shown, by its place in the batch. */
type Noted = { at: number; verdict: OrderVerdict };

function foldOrders(
  fold: OrdersFold,
  outcomes: OutcomesFold,
  now: number,
  records: readonly ConsumedRecord[],
  { latency, recent }: Onlookers,
): void {
  const sampledFrom = records.length - recent.allowance(now);
  const notedFrom = latency.isOn ? 0 : records.length - recent.room;
  const byHand: Noted[] = [];
  for (let i = 0; i < records.length; i++) {
    const record = records[i] as ConsumedRecord;
    const verdict = fold.apply(record.offset, record.value);
    const ofLoad = latency.measures(record.key);
    if (verdict === 'placed') latency.placed(fold.partition, record.offset, record.timestamp, ofLoad);
    if (!ofLoad) {
      if (i >= notedFrom) byHand.push({ at: i, verdict });
      continue;
    }
    if (i >= sampledFrom) recent.note(record, verdict, true, outcomes);
  }
  for (const { at, verdict } of byHand.slice(-recent.room)) {
    recent.note(records[at] as ConsumedRecord, verdict, false, outcomes);
  }
}

function foldOutcomes(
  fold: OutcomesFold,
  now: number,
  records: readonly ConsumedRecord[],
  { latency, recent }: Onlookers,
): void {
  let waiting = recent.nextWaiting(fold.partition);
  for (const record of records) {
    if (fold.apply(record.offset, record.value) !== 'accepted') continue;
    latency.folded(fold.partition, fold.last, now, record.timestamp);
    if (fold.last >= waiting) waiting = recent.decided(record, fold);
  }
}
