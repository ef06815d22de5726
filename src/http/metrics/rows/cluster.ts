import { each, isFresh, type MetricRow, one, type Sample, type Seen } from '../row.ts';

/** A sample for each partition of our topics, while the cluster answers. */
function partitions(seen: Seen, mark: 'low' | 'high'): Sample[] {
  if (!isFresh(seen)) return [];
  return Object.entries(seen.state.topics.watermarks).flatMap(([topic, marks]) =>
    marks.map((each, partition) => ({ labels: { topic, partition: String(partition) }, value: each[mark] })),
  );
}

/** The program, the cluster behind its address, and what the topics hold. */
export const CLUSTER_ROWS: readonly MetricRow[] = [
  {
    name: 'lunchrush_build_info',
    type: 'gauge',
    unit: '',
    help: 'Always 1; the labels say which version this is, and of Node',
    labels: ['version', 'node_version'],
    read: ({ version }) => [{ labels: { version, node_version: process.version }, value: 1 }],
  },
  {
    name: 'lunchrush_pipeline_running',
    type: 'gauge',
    unit: '',
    help: '1 once the start is done, 0 before',
    labels: [],
    read: ({ state }) => one(Number(state.start.isDone)),
  },
  {
    name: 'lunchrush_cluster_up',
    type: 'gauge',
    unit: '',
    help: '1 while the cluster answers, else 0; then all that is asked of it is absent',
    labels: [],
    read: ({ state }) => one(Number(state.cluster.state === 'up')),
  },
  {
    name: 'lunchrush_cluster_looked_at_timestamp_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: 'When the cluster last told its offsets and groups',
    labels: [],
    read: ({ state }) => one(state.topics.at === 0 ? null : state.topics.at / 1000),
  },
  {
    name: 'lunchrush_topic_records_total',
    type: 'counter',
    unit: 'records',
    help: 'Records ever appended to a partition: its end offset, the high watermark',
    labels: ['topic', 'partition'],
    read: (seen) => partitions(seen, 'high'),
  },
  {
    name: 'lunchrush_topic_start_offset',
    type: 'gauge',
    unit: '',
    help: 'First offset that a partition still holds',
    labels: ['topic', 'partition'],
    read: (seen) => partitions(seen, 'low'),
  },
  {
    name: 'lunchrush_dead_letters_total',
    type: 'counter',
    unit: 'records',
    help: 'Malformed orders in the dead-letter topic, copies not counted',
    labels: [],
    read: (seen) => (isFresh(seen) ? one(seen.state.topics.deadLetters) : []),
  },
  {
    name: 'lunchrush_fail_ratio',
    type: 'gauge',
    unit: 'ratio',
    help: 'Share of orders that inventory is told to refuse, 0 to 1',
    labels: [],
    read: ({ state }) => one(state.knobs.wanted.failRate),
  },
  {
    name: 'lunchrush_throttle_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: 'Pause that inventory is told to make for each order',
    labels: [],
    read: ({ state }) => one(state.knobs.wanted.throttleMs / 1000),
  },
  {
    name: 'lunchrush_commands_total',
    type: 'counter',
    unit: '',
    help: 'Commands carried out, whatever door they came through, by verb and by how they ended',
    labels: ['verb', 'result'],
    read: ({ memory }) =>
      [...memory.commands].flatMap(([verb, counts]) =>
        each('result', counts).map(({ labels, value }) => ({ labels: { verb, ...labels }, value })),
      ),
  },
];
