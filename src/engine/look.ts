import type { Cluster } from './cluster.ts';
import type { GroupSample, LagSample, TopicSample } from './event.ts';
import type { Pipeline, Watermarks } from './state.ts';

/** Everything the broker was asked at one look. */
export type Look = { topics: TopicSample[]; groups: GroupSample[]; deadLetterEnds: Watermarks[] };

type Subscription = { groupId: string; topics: string[] };

/** What our groups read, and what others may: of their topics we know ours. */
function subscriptions({ topics, groups }: Pipeline, others: readonly string[]): Subscription[] {
  const both = [topics.orders, topics.inventoryEvents];
  return [
    { groupId: groups.inventory, topics: [topics.orders] },
    { groupId: groups.analytics, topics: both },
    ...others.map((groupId) => ({ groupId, topics: both })),
  ];
}

function samplesOf(topic: string, committed: readonly number[], ends: readonly Watermarks[]): LagSample[] {
  return ends.map((end, partition) => ({ topic, partition, committed: committed[partition] ?? -1, ...end }));
}

/**
 * Asks the broker once. Committed offsets first and ends second: the other way round a group that runs shows less than
 * nothing. A partition that another's group never committed is not its lag.
 */
export async function lookOnce(cluster: Cluster, pipeline: Pipeline, others: readonly string[]): Promise<Look> {
  const wanted = subscriptions(pipeline, others).flatMap(({ groupId, topics }) =>
    topics.map((topic) => ({ groupId, topic })),
  );
  const committed = await Promise.all(wanted.map(({ groupId, topic }) => cluster.committed(groupId, topic)));
  const names = Object.values(pipeline.topics);
  const [ends, described] = await Promise.all([
    Promise.all(names.map(async (topic) => ({ topic, watermarks: await cluster.watermarks(topic) }))),
    cluster.describe([...new Set(wanted.map(({ groupId }) => groupId))]),
  ]);
  const endsOf = (topic: string) => ends.find((each) => each.topic === topic)?.watermarks ?? [];
  const ours = Object.values(pipeline.groups);
  const groups = described.map((group) => {
    const all = wanted.flatMap(({ groupId, topic }, i) =>
      groupId === group.groupId ? samplesOf(topic, committed[i] ?? [], endsOf(topic)) : [],
    );
    return { ...group, partitions: ours.includes(group.groupId) ? all : all.filter((p) => p.committed >= 0) };
  });
  return { topics: ends, groups, deadLetterEnds: endsOf(pipeline.topics.deadLetters) };
}
