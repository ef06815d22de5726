import { check } from '../errors.ts';
import { call } from '../wire/call.ts';
import { coordinatorOf, type TopicPartition } from '../wire/find.ts';
import type { Cluster } from '../wire/kafkajs.ts';
import type { Committed } from './listener.ts';

/** An offset to be remembered: the next to read, with a text for whoever reads it (at most 4,096 bytes). */
export type OffsetToCommit = TopicPartition & { offset: number; metadata: string };

/** Who commits: a member of a generation, or generation -1 and no id for a group without members. */
export type Committer = { groupId: string; memberId: string; generation: number };

type FetchAnswer = {
  errorCode?: number;
  responses: {
    topic: string;
    partitions: { partition: number; offset: string; metadata: string | null; errorCode: number }[];
  }[];
};
type CommitAnswer = { responses: { topic: string; partitions: { partition: number; errorCode: number }[] }[] };

/** What a group has committed, for the partitions where it has. */
export async function fetchCommitted(
  cluster: Cluster,
  groupId: string,
  topic: string,
  partitions: readonly number[],
): Promise<Map<number, Committed>> {
  const topics = [{ topic, partitions: partitions.map((partition) => ({ partition })) }];
  const offsets = await ask(cluster, groupId, topics);
  return new Map(offsets.map(({ partition, offset, metadata }) => [partition, { offset, metadata }]));
}

/** Everything that a group has committed, in the order of topics and partitions. */
export async function fetchAllCommitted(cluster: Cluster, groupId: string): Promise<OffsetToCommit[]> {
  // kafkajs writes an empty list as the null that asks for all topics.
  const offsets = await ask(cluster, groupId, []);
  return offsets.sort((a, b) => (a.topic < b.topic ? -1 : Number(a.topic > b.topic)) || a.partition - b.partition);
}

async function ask(cluster: Cluster, groupId: string, topics: object[]): Promise<OffsetToCommit[]> {
  const coordinator = await coordinatorOf(cluster, groupId);
  const answer = await call<FetchAnswer>(coordinator, 'OffsetFetch', { groupId, topics });
  check(answer.errorCode ?? 0, `offsets of group ${groupId}`, { api: 'OffsetFetch', group: groupId });
  const offsets: OffsetToCommit[] = [];
  for (const { topic, partitions } of answer.responses) {
    for (const { partition, offset, metadata, errorCode } of partitions) {
      const what = `offsets of group ${groupId} in ${topic}/${partition}`;
      check(errorCode, what, { api: 'OffsetFetch', group: groupId, topic });
      // Any negative offset means none: -1 by the protocol, -2 where a tool has committed a sentinel.
      if (Number(offset) >= 0) offsets.push({ topic, partition, offset: Number(offset), metadata: metadata ?? '' });
    }
  }
  return offsets;
}

/** Commits; rejects with the first fault. */
export async function commitOffsets(
  cluster: Cluster,
  { groupId, memberId, generation }: Committer,
  offsets: readonly OffsetToCommit[],
): Promise<void> {
  const coordinator = await coordinatorOf(cluster, groupId, 'OffsetCommit');
  const byTopic = new Map<string, { partition: number; offset: string; metadata: string }[]>();
  for (const { topic, partition, offset, metadata } of offsets) {
    const partitions = byTopic.get(topic) ?? [];
    partitions.push({ partition, offset: String(offset), metadata });
    byTopic.set(topic, partitions);
  }
  const topics = [...byTopic].map(([topic, partitions]) => ({ topic, partitions }));
  const request = { groupId, memberId, groupGenerationId: generation, retentionTime: -1, topics };
  const answer = await call<CommitAnswer>(coordinator, 'OffsetCommit', request);
  for (const { topic, partitions } of answer.responses) {
    for (const { partition, errorCode } of partitions) {
      const what = `committing ${topic}/${partition} to ${groupId}`;
      check(errorCode, what, { api: 'OffsetCommit', group: groupId, topic });
    }
  }
}
