import type { Ledger } from './ledger.ts';

/** What the log says, over all partitions; names as on every screen, in every answer and in `expect`. */
export type Counters = {
  /** Valid orders, duplicates included. */
  total_orders: number;
  /** Order ids. */
  distinct_orders: number;
  /** Orders beyond the first of their id. */
  duplicate_orders: number;
  /** Order ids with an outcome. */
  total_reservations: number;
  failed_reservations: number;
  /** Failed among all outcomes, 0 to 1, unrounded; 0 without outcomes. */
  failure_rate: number;
  /** Order ids still without an outcome. */
  pending: number;
  redelivered: number;
  repeated_decisions: number;
  conflicts: number;
  foreign: number;
  legacy: number;
  /** Outcomes left out because a lower partition has one for the same order id. */
  cross_partition_duplicates: number;
  /** Records of either topic that are no event of ours. */
  malformed: number;
};

/** The counters, and the orders by minute of their `createdAt` (`YYYY-MM-DDTHH:MM`, or `unknown`), in order of time. */
export type Totals = Counters & { orders_per_minute: Record<string, number> };

function sum<F>(folds: Iterable<F>, count: (fold: F) => number): number {
  let total = 0;
  for (const fold of folds) total += count(fold);
  return total;
}

/** The counters alone: cheap enough for ten times a second. */
export function countersOf(ledger: Ledger): Counters {
  const orders = [...ledger.orders.values()];
  const outcomes = [...ledger.outcomes.values()];
  const { distinct } = ledger.ordersCensus;
  const { distinct: decided, failed, crossPartition } = ledger.outcomesCensus;
  const total = sum(orders, (fold) => fold.total);
  return {
    total_orders: total,
    distinct_orders: distinct,
    duplicate_orders: total - distinct,
    total_reservations: decided,
    failed_reservations: failed,
    failure_rate: decided === 0 ? 0 : failed / decided,
    pending: Math.max(0, distinct - decided),
    redelivered: sum(outcomes, (fold) => fold.counts.redelivered),
    repeated_decisions: sum(outcomes, (fold) => fold.counts.repeated),
    conflicts: sum(outcomes, (fold) => fold.counts.conflict),
    foreign: sum(outcomes, (fold) => fold.counts.foreign),
    legacy: sum(outcomes, (fold) => fold.counts.legacy),
    cross_partition_duplicates: crossPartition,
    malformed: sum(orders, (fold) => fold.malformed) + sum(outcomes, (fold) => fold.counts.malformed),
  };
}

/** Orders by minute over all partitions, in order of time, `unknown` last. */
export function minutesOf(ledger: Ledger): Record<string, number> {
  const merged = new Map<string, number>();
  for (const fold of ledger.orders.values()) {
    for (const [minute, count] of fold.minutes.entries()) merged.set(minute, (merged.get(minute) ?? 0) + count);
  }
  return Object.fromEntries([...merged].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Everything that the log says. */
export function totalsOf(ledger: Ledger): Totals {
  return { ...countersOf(ledger), orders_per_minute: minutesOf(ledger) };
}
