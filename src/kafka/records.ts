import type { Connection, LogSink } from './client.ts';
import { createPartitionReader, type PartitionReader, type Watermarks } from './partition-reader.ts';
import type { ConsumedRecord } from './record.ts';
import { createLink } from './wire/link.ts';

/** A topic with its partitions in order; `under` counts partitions with fewer replicas in sync than they should have. */
export type ListedTopic = {
  topic: string;
  internal: boolean;
  replicationFactor: number;
  under: number;
  partitions: ({ partition: number; leader: number } & Watermarks)[];
};

/** A record with the partition it came from. */
export type ReadRecord = ConsumedRecord & { partition: number };

/** Which records: of one partition or all, from an offset (the start) on, at most so many (all up to now). */
export type RecordsWanted = { partition?: number; from?: number; limit?: number; signal?: AbortSignal };

/** Topics of the cluster in the order of the alphabet; those without a leader everywhere show watermarks of 0. */
export async function listTopics(connection: Connection, log?: LogSink): Promise<ListedTopic[]> {
  const link = createLink(connection, { log });
  const reader = createPartitionReader(connection, { log });
  try {
    const topics = await link.use('listing topics', async (it) => it.brokerPool.metadata?.topicMetadata ?? []);
    const named = topics.filter(({ topicErrorCode }) => topicErrorCode === 0);
    const listed: ListedTopic[] = [];
    for (const { topic, isInternal, partitionMetadata } of named.sort((a, b) => (a.topic < b.topic ? -1 : 1))) {
      const led = partitionMetadata.filter(({ leader }) => leader >= 0).map(({ partitionId }) => partitionId);
      const watermarks = led.length > 0 ? await reader.watermarks(topic, led) : new Map<number, Watermarks>();
      const sorted = [...partitionMetadata].sort((a, b) => a.partitionId - b.partitionId);
      listed.push({
        topic,
        internal: isInternal ?? false,
        replicationFactor: sorted[0]?.replicas.length ?? 0,
        under: sorted.filter(({ isr, replicas }) => isr.length < replicas.length).length,
        partitions: sorted.map(({ partitionId, leader }) => ({
          partition: partitionId,
          leader,
          ...(watermarks.get(partitionId) ?? { low: 0, high: 0 }),
        })),
      });
    }
    return listed;
  } finally {
    reader.close();
    link.close();
  }
}

async function* readPartition(reader: PartitionReader, topic: string, partition: number, wanted: RecordsWanted) {
  const { low, high } = (await reader.watermarks(topic, [partition])).get(partition) ?? { low: 0, high: 0 };
  const from = Math.max(low, wanted.from ?? low);
  const to = high;
  for await (const records of reader.read(topic, partition, { from, to, signal: wanted.signal })) {
    for (const record of records) yield { ...record, partition };
  }
}

/**
 * Reads what a topic holds now, outside every group: partition after partition, each in the order of the log.
 * Rejects with the fault UNKNOWN_TOPIC_OR_PARTITION if there is no such topic.
 */
export async function* readRecords(
  connection: Connection,
  topic: string,
  wanted: RecordsWanted = {},
): AsyncGenerator<ReadRecord> {
  const reader = createPartitionReader(connection);
  let left = wanted.limit ?? Number.POSITIVE_INFINITY;
  try {
    const partitions = wanted.partition === undefined ? await reader.partitions(topic) : [wanted.partition];
    for (const partition of partitions) {
      if (left <= 0) return;
      for await (const record of readPartition(reader, topic, partition, wanted)) {
        yield record;
        left--;
        if (left <= 0) return;
      }
    }
  } finally {
    reader.close();
  }
}
