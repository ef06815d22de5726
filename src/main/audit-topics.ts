import { LunchrushError } from '../errors.ts';
import type { Connection } from '../kafka/client.ts';
import type { Cluster } from '../kafka/wire/kafkajs.ts';
import { createLink } from '../kafka/wire/link.ts';

type Topics = { orders: string; inventoryEvents: string };

/**
 * Numbers of the partitions that both topics have, in order. Rejects with KAFKA_TOPICS_UNFIT where one is missing or they
 * do not go together: nothing is created.
 */
export async function bothTopics(connection: Connection, topics: Topics, signal: AbortSignal): Promise<number[]> {
  const link = createLink(connection);
  try {
    return await link.use('looking for the topics', async (cluster) => commonPartitions(cluster, topics), { signal });
  } finally {
    link.close();
  }
}

function commonPartitions(cluster: Cluster, { orders, inventoryEvents }: Topics): number[] {
  const input = partitionsOf(cluster, orders);
  const output = partitionsOf(cluster, inventoryEvents);
  if (input.length === output.length) return input;
  const sentence = `${orders} has ${input.length} partitions and ${inventoryEvents} has ${output.length}`;
  throw new LunchrushError('KAFKA_TOPICS_UNFIT', `${sentence}: they are not of one pipeline`);
}

function partitionsOf(cluster: Cluster, topic: string): number[] {
  const found = cluster.brokerPool.metadata?.topicMetadata.find((each) => each.topic === topic);
  const partitions = found?.partitionMetadata.map(({ partitionId }) => partitionId) ?? [];
  if (partitions.length > 0) return partitions.sort((a, b) => a - b);
  const fix = 'name the topics of the pipeline with --prefix, or look whether we may see them';
  throw new LunchrushError('KAFKA_TOPICS_UNFIT', `there is no topic ${topic}: nothing to audit`, { fix });
}
