import type { Counters } from '../orders/totals.ts';
import type { WorkerKind } from '../workers/messages.ts';
import { groupIdOf, ourGroups } from './group-names.ts';
import { RATE_STRETCH } from './lag/rate.ts';
import { runningWorkers } from './running-workers.ts';
import type { State } from './state.ts';

/** Units by type: `count` records or things · `fraction` 0..1 · `duration` ms · `rate` a second · `text` a word. */
export type FactType = 'count' | 'fraction' | 'duration' | 'rate' | 'text';

/** Where a fact is born, which says what must be asked before an `expect` may trust it. */
export type FactSource = 'fold' | 'broker' | 'workers' | 'load';

/** A fact that can be compared. `select` gives undefined where there is nothing to say, as for a group not yet asked about. */
export type Fact = {
  name: string;
  type: FactType;
  unit: string;
  help: string;
  from: FactSource;
  select(state: State): number | string | undefined;
};

/** A row of the fact table. A name that ends with a capital word stands for a family: `lag.GROUP`. */
export type FactRow = Omit<Fact, 'select'> & {
  /** What the text can be, where that is a closed list. */
  words?: readonly string[];
  /** `argument` is what stands after the first dot in a family's fact, else empty. */
  select(state: State, argument: string): number | string | undefined;
};

/** Kinds that `workers.KIND` can be asked about. */
export const WORKER_KINDS = ['inventory', 'analytics', 'load'] as const satisfies readonly WorkerKind[];

const GROUP_STATES = ['Empty', 'PreparingRebalance', 'CompletingRebalance', 'Stable', 'Dead'] as const;

/** A count that comes out of the fold of the log. */
function folded(name: keyof Counters, help: string): FactRow {
  return { name, type: 'count', unit: '', help, from: 'fold', select: (s) => s.analytics.totals?.[name] ?? 0 };
}

function group(state: State, written: string) {
  return state.groups[groupIdOf(state, written)];
}

/** High watermark less the position that the owning worker tells, or less what is committed where none tells one. */
function positionLag(state: State, written: string): number | undefined {
  return group(state, written)?.partitions.reduce((sum, p) => sum + Math.max(0, p.high - p.progress), 0);
}

/** Every fact, in the order of `help facts`. The language types its conditions with these rows. */
export const FACTS: readonly FactRow[] = [
  folded('total_orders', 'orders in the log, repeated ids included'),
  folded('distinct_orders', 'different order ids'),
  folded('total_reservations', 'orders with an outcome: reserved and failed'),
  folded('failed_reservations', 'orders whose outcome is failed'),
  {
    name: 'failure_rate',
    type: 'fraction',
    unit: '',
    help: 'failed of all outcomes, unrounded; 0 without outcomes',
    from: 'fold',
    select: (s) => s.analytics.totals?.failure_rate ?? 0,
  },
  folded('pending', 'orders without an outcome'),
  folded('duplicate_orders', 'orders whose id was seen before'),
  folded('redelivered', 'outcomes written again after a crash and not counted again'),
  folded('repeated_decisions', 'orders decided twice; must be 0'),
  folded('conflicts', 'outcomes out of order for a new id; must be 0'),
  folded('foreign', 'inventory events that are not ours'),
  folded('legacy', 'inventory events without a source, by an older producer'),
  folded('cross_partition_duplicates', 'order ids found in more than one partition'),
  folded('malformed', 'records that are no order or no outcome'),
  {
    name: 'dead_letters',
    type: 'count',
    unit: '',
    help: 'malformed orders in the dead-letter topic, copies not counted',
    from: 'broker',
    select: (s) => s.topics.deadLetters,
  },
  {
    name: 'lag',
    type: 'count',
    unit: 'records',
    help: 'high watermark less committed offset, over our groups',
    from: 'broker',
    select: (s) => ourGroups(s).reduce((sum, id) => sum + (s.groups[id]?.lag ?? 0), 0),
  },
  {
    name: 'lag.GROUP',
    type: 'count',
    unit: 'records',
    help: 'the same of one group; inventory and analytics stand for ours',
    from: 'broker',
    select: (s, id) => group(s, id)?.lag,
  },
  {
    name: 'position_lag.GROUP',
    type: 'count',
    unit: 'records',
    help: 'high watermark less the position of the consumers',
    from: 'workers',
    select: positionLag,
  },
  {
    name: 'behind.GROUP',
    type: 'duration',
    unit: 'ms',
    help: 'age of the first record not yet committed; 0 without lag',
    from: 'broker',
    select: (s, id) => group(s, id)?.behindMs,
  },
  {
    name: 'state.GROUP',
    type: 'text',
    unit: '',
    help: 'state of the group as the coordinator says it',
    from: 'broker',
    words: GROUP_STATES,
    select: (s, id) => group(s, id)?.state,
  },
  {
    name: 'members.GROUP',
    type: 'count',
    unit: '',
    help: 'members of the group',
    from: 'broker',
    select: (s, id) => group(s, id)?.members.length,
  },
  {
    name: 'rebalances',
    type: 'count',
    unit: '',
    help: 'generations of our groups since the start',
    from: 'workers',
    select: (s) => s.rebalances.count,
  },
  {
    name: 'workers.KIND',
    type: 'count',
    unit: '',
    help: 'workers of a kind that are in their group: inventory, analytics, load',
    from: 'workers',
    select: (s, kind) => WORKER_KINDS.flatMap((k) => (k === kind ? runningWorkers(s, k) : [])).length,
  },
  {
    name: 'restarts',
    type: 'count',
    unit: '',
    help: 'workers replaced because they died or hung',
    from: 'workers',
    select: (s) => s.restarts,
  },
  {
    name: 'rate.orders',
    type: 'rate',
    unit: '/s',
    help: `orders appended a second, mean of ${RATE_STRETCH}`,
    from: 'broker',
    select: (s) => s.topics.rates[s.pipeline.topics.orders] ?? 0,
  },
  {
    name: 'rate.reservations',
    type: 'rate',
    unit: '/s',
    help: `inventory events appended a second, mean of ${RATE_STRETCH}`,
    from: 'broker',
    select: (s) => s.topics.rates[s.pipeline.topics.inventoryEvents] ?? 0,
  },
  latency('latency.p50', 'half of the orders of the latest load were folded within this, end to end', endToEnd('p50')),
  latency('latency.p99', '99 of 100 orders of the latest load were folded within this', endToEnd('p99')),
  latency('publish.p50', 'half of the records of the latest load were acknowledged within this', publish('p50')),
  latency('publish.p99', '99 of 100 records of the latest load were acknowledged within this', publish('p99')),
  loaded('load.produced', 'produced', 'records of the latest load that were acknowledged'),
  loaded('load.errors', 'errors', 'records of the latest load that were refused for good'),
  loaded('load.unknown', 'unknown', 'records of the latest load that may be in the log twice'),
  loaded('load.late', 'late', 'records of the latest load sent later than they were due'),
  {
    name: 'audit',
    type: 'text',
    unit: '',
    help: 'what the last audit said',
    from: 'fold',
    words: ['none', 'clean', 'dirty'],
    select: (s) => s.audit.verdict,
  },
  {
    name: 'since.FACT',
    type: 'count',
    unit: '',
    help: 'what has been added to a fact since mark; of failure_rate, the rate among the outcomes since then',
    from: 'fold',
    select: () => undefined,
  },
];

function latency(name: string, help: string, select: FactRow['select']): FactRow {
  return { name, type: 'duration', unit: 'ms', help, from: name.startsWith('publish') ? 'load' : 'workers', select };
}

function endToEnd(key: 'p50' | 'p99'): FactRow['select'] {
  return (s) => s.analytics.latency[key];
}

function publish(key: 'p50' | 'p99'): FactRow['select'] {
  return (s) => s.load.report?.publish[key] ?? 0;
}

function loaded(name: string, key: 'produced' | 'errors' | 'unknown' | 'late', help: string): FactRow {
  return { name, type: 'count', unit: 'records', help, from: 'load', select: (s) => s.load.report?.[key] ?? 0 };
}
