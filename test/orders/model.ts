import { eventIdOf } from '../../src/orders/ids.ts';
import { readOrder, readOutcome } from '../../src/orders/read.ts';
import { TOPICS } from './events.ts';

/** A record of the model's log. */
export type LogRecord = { topic: string; partition: number; offset: number; value: Buffer | null };

type Kind = 'reserved' | 'failed';

/** One partition of outcomes by plain maps, in the words of the fold rule. */
export class PlainOutcomes {
  last = -1;
  readonly accepted = new Map<string, Kind>();
  readonly counts = { redelivered: 0, repeated: 0, conflict: 0, foreign: 0, legacy: 0, malformed: 0 };

  apply({ partition, value }: LogRecord): void {
    const event = readOutcome(value);
    if ('malformed' in event) this.counts.malformed++;
    else if (!event.source && !value?.includes('"source"')) {
      this.counts.legacy++;
      if (!this.accepted.has(event.orderId)) this.accepted.set(event.orderId, event.kind);
    } else if (
      !event.source ||
      event.source.topic !== TOPICS.orders ||
      event.source.partition !== partition ||
      event.eventId !== eventIdOf(event.source, event.orderId)
    ) {
      this.counts.foreign++;
    } else this.#own(event.source.offset, event.orderId, event.kind);
  }

  #own(offset: number, orderId: string, kind: Kind): void {
    const above = offset > this.last;
    const isNew = !this.accepted.has(orderId);
    if (above) this.last = offset;
    if (above && isNew) this.accepted.set(orderId, kind);
    else if (above) this.counts.repeated++;
    else if (isNew) this.counts.conflict++;
    else this.counts.redelivered++;
  }
}

/** What a whole log means, by plain maps: the reference for every fold. */
export function plainTotals(log: readonly LogRecord[]) {
  const orders: { partition: number; orderId: string; minute: string }[] = [];
  const outcomes = new Map<number, PlainOutcomes>();
  let malformed = 0;
  for (const record of log) {
    if (record.topic === TOPICS.inventoryEvents) {
      const fold = outcomes.get(record.partition) ?? new PlainOutcomes();
      outcomes.set(record.partition, fold);
      fold.apply(record);
      continue;
    }
    const event = readOrder(record.value);
    if ('malformed' in event) malformed++;
    else orders.push({ ...event, partition: record.partition, minute: minuteOf(event.createdAt) });
  }
  const winners = new Map<string, Kind>();
  const rising = [...outcomes].sort(([one], [other]) => one - other).map(([, fold]) => fold);
  for (const fold of rising) for (const [id, kind] of fold.accepted) if (!winners.has(id)) winners.set(id, kind);
  const sum = (count: (fold: PlainOutcomes) => number) => rising.reduce((total, fold) => total + count(fold), 0);
  const distinct = new Set(orders.map(({ orderId }) => orderId)).size;
  const failed = [...winners.values()].filter((kind) => kind === 'failed').length;
  const perMinute: Record<string, number> = {};
  for (const { minute } of orders) perMinute[minute] = (perMinute[minute] ?? 0) + 1;
  return {
    total_orders: orders.length,
    distinct_orders: distinct,
    duplicate_orders: orders.length - distinct,
    total_reservations: winners.size,
    failed_reservations: failed,
    failure_rate: winners.size === 0 ? 0 : failed / winners.size,
    pending: Math.max(0, distinct - winners.size),
    redelivered: sum(({ counts }) => counts.redelivered),
    repeated_decisions: sum(({ counts }) => counts.repeated),
    conflicts: sum(({ counts }) => counts.conflict),
    foreign: sum(({ counts }) => counts.foreign),
    legacy: sum(({ counts }) => counts.legacy),
    cross_partition_duplicates: sum(({ accepted }) => accepted.size) - winners.size,
    malformed: malformed + sum(({ counts }) => counts.malformed),
    orders_per_minute: perMinute,
  };
}

function minuteOf(createdAt: string | undefined): string {
  return createdAt && !Number.isNaN(Date.parse(createdAt)) ? createdAt.slice(0, 16) : 'unknown';
}
