import type { Totals } from '../../../orders/totals.ts';
import { count, percent } from '../../format/number.ts';

/** A figure of the pane: what it says, in a sentence, and when it is a fault. */
export type Counter = {
  name: string;
  /** As in `expect`, `metrics` and HTTP. */
  fact: string;
  value(totals: Totals): number;
  write(value: number): string;
  /** What it counts, for somebody who sees it for the first time. */
  means: string;
  /** Why it is more than 0, or what to do then. */
  why: string;
  /** More than 0 is wrong, or at least a wonder. */
  isFault?: boolean;
  /** Shown only when it is more than 0. */
  isRare?: boolean;
};

function counter(
  name: string,
  fact: keyof Totals & string,
  rest: Pick<Counter, 'means' | 'why'> & Partial<Counter>,
): Counter {
  return {
    name,
    fact,
    value: (totals) => totals[fact as Exclude<keyof Totals, 'orders_per_minute'>],
    write: count,
    ...rest,
  };
}

/** What the log adds up to: the left column. */
export const SUMS: readonly Counter[] = [
  counter('orders', 'total_orders', {
    means: 'Orders in the log, those included whose id stands there more than once.',
    why: 'Every valid record of the topic orders is one.',
  }),
  counter('ids', 'distinct_orders', {
    means: 'Different order ids: how many orders people really placed.',
    why: 'It is orders less duplicates.',
  }),
  {
    name: 'reserved',
    fact: 'total_reservations less failed_reservations',
    value: ({ total_reservations, failed_reservations }) => total_reservations - failed_reservations,
    write: count,
    means: 'Orders that found their stock.',
    why: 'Inventory decided so, by a hash of the order id against the fail rate: a redelivery decides alike.',
  },
  counter('failed', 'failed_reservations', {
    means: 'Orders that found no stock.',
    why: 'The fail rate in 4 Faults says how many of the next ones will.',
  }),
  counter('fail rate', 'failure_rate', {
    write: percent,
    means: 'Failed orders of all that have an outcome, since the log began.',
    why: 'It follows the knob slowly, because old orders count too; mark and since.failure_rate look at new ones only.',
  }),
  counter('waiting', 'pending', {
    means: 'Order ids without an outcome yet.',
    why: 'Inventory has not got to them: 5 Lag says how far it is, and why.',
  }),
];

/** What at-least-once delivery, other programs and bad records leave behind: the right column. */
export const ODDITIES: readonly Counter[] = [
  counter('duplicates', 'duplicate_orders', {
    means: 'Orders whose id had been seen before.',
    why: 'Somebody placed the same id again, a load test was asked for duplicates, or a send in doubt was repeated. They are decided once.',
  }),
  counter('redelivered', 'redelivered', {
    means: 'Outcomes that were written again after a crash; dropped, so that nothing is counted twice.',
    why: 'A worker ended between writing an outcome and committing its offset: its successor came past the same order. Harmless, and expected.',
  }),
  counter('malformed', 'malformed', {
    means: 'Records of either topic that are no event of ours.',
    why: 'Inventory puts malformed orders aside in the dead-letter topic: :dead-letters lists them with their reasons.',
  }),
  counter('conflicts', 'conflicts', {
    means: 'Outcomes out of order for an order id never seen. Must be 0.',
    why: 'Two writers were at work on one partition, which the inventory never does: somebody else writes to inventory-events.',
    isFault: true,
  }),
  counter('repeated', 'repeated_decisions', {
    means: 'Orders that were decided twice, at two offsets. Must be 0.',
    why: 'An inventory worker forgot an id it had decided; A has the whole log audited.',
    isFault: true,
  }),
  counter('foreign', 'foreign', {
    means:
      'Inventory events that are not ours: their event id does not fit their source, or they stand in the wrong partition.',
    why: 'Another program writes to inventory-events. They are counted here and nowhere else.',
  }),
  counter('legacy', 'legacy', {
    means: 'Inventory events without a source, by an older producer.',
    why: 'They count as outcomes by their order id.',
    isRare: true,
  }),
  counter('across', 'cross_partition_duplicates', {
    means: 'Order ids found in more than one partition; the lowest partition counts.',
    why: "Another client's partitioner, records without keys, or partitions that were added later.",
    isRare: true,
  }),
];

/** Figures on show, down the left column and then down the right one. */
export function shownCounters(totals: Totals | null): { left: Counter[]; right: Counter[] } {
  const isShown = ({ isRare, value }: Counter) => !isRare || (totals !== null && value(totals) > 0);
  return { left: SUMS.filter(isShown), right: ODDITIES.filter(isShown) };
}
