import { each, type MetricRow, one } from '../row.ts';

/** Load tests and latency. */
export const LOAD_ROWS: readonly MetricRow[] = [
  {
    name: 'lunchrush_order_end_to_end_seconds',
    type: 'histogram',
    unit: 'seconds',
    help: 'From the timestamp of an order to the fold of its outcome, of all orders placed since this program began',
    labels: [],
    read: ({ memory }) => [{ labels: {}, sums: memory.endToEnd() }],
  },
  {
    name: 'lunchrush_load_publish_seconds',
    type: 'histogram',
    unit: 'seconds',
    help: 'From the send of a record by a load test to its acknowledgement',
    labels: [],
    read: ({ memory }) => [{ labels: {}, sums: memory.published() }],
  },
  {
    name: 'lunchrush_load_running',
    type: 'gauge',
    unit: '',
    help: '1 while a load test runs',
    labels: [],
    read: ({ state }) => one(Number(state.load.running)),
  },
  {
    name: 'lunchrush_load_records_total',
    type: 'counter',
    unit: 'records',
    help: 'Records of load tests: acknowledged, refused for good, sent again after doubt, or given up before the send',
    labels: ['result'],
    read: ({ memory }) => {
      const { produced: acknowledged, errors: refused, unknown: repeated, shed } = memory.load();
      return each('result', { acknowledged, refused, repeated, shed });
    },
  },
  {
    name: 'lunchrush_load_late_records_total',
    type: 'counter',
    unit: 'records',
    help: 'Records of load tests that were sent later than they were due',
    labels: [],
    read: ({ memory }) => one(memory.load().late),
  },
];
