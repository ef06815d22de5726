import type { FoldCount } from '../memory.ts';
import { each, type MetricRow, one } from '../row.ts';

/** A counter over the whole log, whoever wrote it and whenever. */
function folded(name: string, count: FoldCount, help: string, unit: MetricRow['unit'] = 'records'): MetricRow {
  return { name, type: 'counter', unit, help, labels: [], read: ({ memory }) => one(memory.folded(count)) };
}

/** What the log says, folded by analytics. */
export const FOLD_ROWS: readonly MetricRow[] = [
  folded('lunchrush_orders_total', 'total_orders', 'Orders in the log, repeated ids included'),
  folded('lunchrush_distinct_orders_total', 'distinct_orders', 'Different order ids in the log', ''),
  folded('lunchrush_duplicate_orders_total', 'duplicate_orders', 'Orders whose id was there before'),
  {
    name: 'lunchrush_outcomes_total',
    type: 'counter',
    unit: '',
    help: 'Orders with an outcome, by what it is',
    labels: ['result'],
    read: ({ memory }) => {
      const reserved = memory.folded('reserved');
      const failed = memory.folded('failed_reservations');
      return reserved === undefined || failed === undefined ? [] : each('result', { reserved, failed });
    },
  },
  {
    name: 'lunchrush_pending_orders',
    type: 'gauge',
    unit: '',
    help: 'Order ids that have no outcome yet',
    labels: [],
    read: ({ state }) => one(state.analytics.totals?.pending),
  },
  folded(
    'lunchrush_redelivered_outcomes_total',
    'redelivered',
    'Outcomes written again after a crash, not counted again',
  ),
  folded('lunchrush_repeated_decisions_total', 'repeated_decisions', 'Orders that were decided twice; must be 0'),
  folded('lunchrush_conflicts_total', 'conflicts', 'Outcomes out of order for a new id; must be 0'),
  folded('lunchrush_foreign_events_total', 'foreign', 'Inventory events that are not ours'),
  folded('lunchrush_legacy_events_total', 'legacy', 'Inventory events without a source, by an older producer'),
  folded(
    'lunchrush_cross_partition_duplicates_total',
    'cross_partition_duplicates',
    'Order ids found in more than one partition',
    '',
  ),
  folded('lunchrush_malformed_records_total', 'malformed', 'Records of either topic that are no event of ours'),
  {
    name: 'lunchrush_fold_partial',
    type: 'gauge',
    unit: '',
    help: '1 while another member of the group holds some partitions, so that the counts are not all of the log',
    labels: [],
    read: ({ state }) => one(state.analytics.totals && Number(state.analytics.partialBecause !== '')),
  },
  {
    name: 'lunchrush_fold_timestamp_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: 'When analytics last told its counts; they stay as they were while it is gone',
    labels: [],
    read: ({ state }) => one(state.analytics.totals && state.analytics.at / 1000),
  },
];
