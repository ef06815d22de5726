import type { OutRecord } from '../../kafka/partition-producer.ts';
import { layOutOrder } from '../../orders/encode.ts';
import { formatIso } from '../../orders/iso.ts';
import type { LoadPlan } from '../messages.ts';
import { evenly } from './share.ts';

/** What a composed record is; the report counts by it. */
export type RecordKind = 'distinct' | 'duplicate' | 'malformed';

export type Composed = { kind: RecordKind; partition: number; record: OutRecord };

/** What composing needs from outside: a partitioner for keys, unique event ids, randomness. */
export type ComposeParts = {
  partitionOf(key: string): number;
  eventId(): string;
  random(): number;
};

/** Earlier ids that a duplicate may repeat: enough to span slices, sends and partitions. */
const RECENT = 4_096;
const ITEMS_JSON = '[{"sku":"burrito","qty":1}]';

/** Values that are no valid order, each for another reason. */
const MALFORMED: ((n: number) => string | null)[] = [
  (n) => `{"eventType":"OrderPlaced","orderId":"cut-off-${n}`,
  (n) => `{"eventType":"OrderPlaced","orderId":"","note":"no id ${n}"}`,
  (n) => `{"eventType":"OrderEaten","orderId":"m-${n}"}`,
  () => null,
];

/**
 * Composes the records of a load one after the other: exact shares of malformed ones and of duplicates, evenly spread,
 * ids unique per run. `total` is the number of records when it is known beforehand.
 */
export function createComposer(
  plan: LoadPlan,
  total: number | undefined,
  parts: ComposeParts,
): (at: number) => Composed {
  const isMalformed = evenly(plan.malformed, total);
  const malformedInAll = total === undefined ? 0 : Math.round(plan.malformed * total);
  const validInAll = total === undefined ? undefined : total - malformedInAll;
  // A share of all records, picked among the valid ones; rounded here, so that no half is lost in the division.
  const repeatedInAll = Math.round(plan.duplicates * (total ?? 0));
  const share = validInAll ? Math.min(1, repeatedInAll / validInAll) : plan.duplicates;
  const isDuplicate = evenly(share, validInAll);
  const isHot = evenly(plan.hot, undefined);
  const recent: string[] = [];
  let index = 0;
  let valid = 0;
  let distinct = 0;

  const freshId = (): string => {
    const id = `${plan.run}-${String(distinct).padStart(6, '0')}`;
    if (!isHot(distinct)) return id;
    // A hot id is one whose hash falls on partition 0: the key still says where the record belongs.
    for (let n = 0; ; n++) if (parts.partitionOf(`${id}h${n}`) === 0) return `${id}h${n}`;
  };
  const takeId = (): { kind: RecordKind; id: string } => {
    const repeats = isDuplicate(valid) && recent.length > 0;
    valid += 1;
    if (repeats) return { kind: 'duplicate', id: recent[Math.floor(parts.random() * recent.length)] as string };
    const id = freshId();
    recent[distinct % RECENT] = id;
    distinct += 1;
    return { kind: 'distinct', id };
  };
  const malformed = (n: number, at: number): Composed => {
    const key = `${plan.run}-malformed-${n}`;
    const value = (MALFORMED[n % MALFORMED.length] as (n: number) => string | null)(n);
    return { kind: 'malformed', partition: parts.partitionOf(key), record: { key, value, timestamp: at } };
  };

  return (at) => {
    const n = index++;
    if (isMalformed(n)) return malformed(n, at);
    const { kind, id } = takeId();
    const value = layOutOrder(parts.eventId(), id, ITEMS_JSON, formatIso(at));
    return { kind, partition: parts.partitionOf(id), record: { key: id, value, timestamp: at } };
  };
}
