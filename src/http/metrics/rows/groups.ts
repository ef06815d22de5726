import type { GroupLag, PartitionLag } from '../../../engine/lag/group-lag.ts';
import { each, isFresh, type MetricRow, one, type Sample, type Seen } from '../row.ts';

const STATES = ['Empty', 'PreparingRebalance', 'CompletingRebalance', 'Stable', 'Dead'] as const;

function groups(seen: Seen): GroupLag[] {
  return isFresh(seen) ? Object.values(seen.state.groups) : [];
}

/** A sample for each partition that a group reads, where there is something to say. */
function ofPartitions(read: (partition: PartitionLag) => number | null): (seen: Seen) => Sample[] {
  return (seen) =>
    groups(seen).flatMap(({ groupId, partitions }) =>
      partitions.flatMap((each) => {
        const labels = { group: groupId, topic: each.topic, partition: String(each.partition) };
        return one(read(each)).map(({ value }) => ({ labels, value }));
      }),
    );
}

const PARTITION = ['group', 'topic', 'partition'] as const;

/** Consumer groups, ours and those that were asked about: from the broker, as Kafka's own tools say it. */
export const GROUP_ROWS: readonly MetricRow[] = [
  {
    name: 'lunchrush_group_lag_records',
    type: 'gauge',
    unit: 'records',
    help: 'High watermark less committed offset; without a commit the whole partition',
    labels: PARTITION,
    read: ofPartitions((partition) => partition.lag),
  },
  {
    name: 'lunchrush_group_behind_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: 'Age of the first record that is not committed; 0 without lag',
    labels: PARTITION,
    read: ofPartitions((partition) => partition.behindMs / 1000),
  },
  {
    name: 'lunchrush_group_drain_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: 'Time until the lag is gone at the present rates; absent while it does not shrink',
    labels: PARTITION,
    read: ofPartitions(({ etaMs }) => (etaMs === null ? null : etaMs / 1000)),
  },
  {
    name: 'lunchrush_group_committed_offset',
    type: 'gauge',
    unit: '',
    help: 'Committed offset; absent without a commit. A rewind lowers it',
    labels: PARTITION,
    read: ofPartitions(({ committed }) => (committed < 0 ? null : committed)),
  },
  {
    name: 'lunchrush_group_position_offset',
    type: 'gauge',
    unit: '',
    help: 'Next offset that is not done yet, as the owning worker tells it, else the committed one',
    labels: PARTITION,
    read: ofPartitions(({ progress }) => progress),
  },
  {
    name: 'lunchrush_group_members',
    type: 'gauge',
    unit: '',
    help: 'Members of a group',
    labels: ['group'],
    read: (seen) => groups(seen).map(({ groupId, members }) => ({ labels: { group: groupId }, value: members.length })),
  },
  {
    name: 'lunchrush_group_state',
    type: 'gauge',
    unit: '',
    help: '1 for the state that the coordinator says the group is in, 0 for the others',
    labels: ['group', 'state'],
    read: (seen) =>
      groups(seen).flatMap(({ groupId, state: said }) =>
        each('state', Object.fromEntries(STATES.map((state) => [state, Number(state === said)]))).map(
          ({ labels, value }) => ({ labels: { group: groupId, ...labels }, value }),
        ),
      ),
  },
  {
    name: 'lunchrush_group_rebalances_total',
    type: 'counter',
    unit: '',
    help: 'Generations of our groups that workers of this program have joined',
    labels: [],
    read: ({ state }) => one(state.rebalances.count),
  },
];
