import type { OutRecord } from '../kafka/partition-producer.ts';
import type { ConsumedRecord } from '../kafka/record.ts';
import type { PartitionOffset } from '../workers/messages.ts';
import type { GroupSample } from './event.ts';
import type { Watermarks } from './state.ts';

/** A topic of the cluster and its partitions, in order. */
export type TopicListing = { topic: string; watermarks: Watermarks[] };

/** A producer to one partition: one send at a time; after a send that rejects it is thrown away. */
export type Sender = {
  send(records: readonly OutRecord[], signal?: AbortSignal): Promise<{ baseOffset: number }>;
  close(): Promise<void>;
};

/**
 * What the engine asks of the cluster, outside every group. Each call has a deadline of its own and rejects with
 * KAFKA_UNREACHABLE or KAFKA_REFUSED; all recover by themselves when the broker was away.
 */
export type Cluster = {
  /** Low and high watermark of each partition, in order of partition. */
  watermarks(topic: string): Promise<Watermarks[]>;
  /** Committed offset of each partition, -1 where there is none. */
  committed(groupId: string, topic: string): Promise<number[]>;
  /** Everything that a group has committed, in the order of topics and partitions; nothing for an unknown group. */
  allCommitted(groupId: string): Promise<PartitionOffset[]>;
  /** Commits for a group without members; rejects while it has any. */
  setOffsets(groupId: string, offsets: readonly PartitionOffset[]): Promise<void>;
  /** Of each partition, in order: the first offset at or after a time (ms), the high watermark where nothing is so young. */
  offsetsAt(topic: string, at: number): Promise<number[]>;
  /** Groups as their coordinators see them; one that nobody knows is Dead without members. */
  describe(groupIds: readonly string[]): Promise<Omit<GroupSample, 'partitions'>[]>;
  /** Ids of all groups. */
  groups(): Promise<string[]>;
  topics(): Promise<TopicListing[]>;
  /** Exactly the records of [from, to) in chunks of bounded size. */
  read(
    topic: string,
    partition: number,
    range: { from: number; to: number; signal?: AbortSignal },
  ): AsyncIterable<readonly ConsumedRecord[]>;
  sender(topic: string, partition: number): Sender;
  close(): Promise<void>;
};
