import { CODE, check, faultOfCode, KafkaFault } from '../errors.ts';
import { type Api, call } from './call.ts';
import type { Broker, Cluster, PartitionMetadata, TopicMetadata } from './kafkajs.ts';

/** A partition by name. */
export type TopicPartition = { topic: string; partition: number };

/** The partitions of a topic as last read, reading them now if they are not known; a fault if there is none such. */
export async function partitionsOf(cluster: Cluster, topic: string): Promise<PartitionMetadata[]> {
  const known = knownTopic(cluster, topic);
  if (known && known.partitionMetadata.length > 0) return known.partitionMetadata;
  await cluster.brokerPool.refreshMetadata([]);
  const found = knownTopic(cluster, topic) ?? (await askFor(cluster, topic));
  check(found?.topicErrorCode ?? CODE.UNKNOWN_TOPIC_OR_PARTITION, `topic ${topic}`, { api: 'Metadata', topic });
  return found?.partitionMetadata ?? [];
}

/** A topic that is not among all: asked for by name, the broker says whether we may not see it. */
async function askFor(cluster: Cluster, topic: string): Promise<TopicMetadata | undefined> {
  const broker = await cluster.brokerPool.findConnectedBroker();
  const { topicMetadata } = await broker.metadata([topic]);
  return topicMetadata.find((each) => each.topic === topic);
}

function knownTopic(cluster: Cluster, topic: string) {
  return cluster.brokerPool.metadata?.topicMetadata.find((each) => each.topic === topic);
}

/** The id of the broker that leads a partition; a retriable fault while there is none. */
export async function leaderId(cluster: Cluster, { topic, partition }: TopicPartition): Promise<number> {
  const partitions = await partitionsOf(cluster, topic);
  const found = partitions.find(({ partitionId }) => partitionId === partition);
  const where = `${topic}/${partition}`;
  if (!found) throw new KafkaFault(faultOfCode(CODE.UNKNOWN_TOPIC_OR_PARTITION, where));
  if (found.leader < 0) throw new KafkaFault(faultOfCode(CODE.LEADER_NOT_AVAILABLE, where));
  return found.leader;
}

/** The broker that leads a partition, connected. */
export async function leaderOf(cluster: Cluster, where: TopicPartition): Promise<Broker> {
  return await cluster.findBroker({ nodeId: await leaderId(cluster, where) });
}

/** Partitions of a topic, by the id of the broker that leads them. */
export async function byLeader(cluster: Cluster, topic: string, partitions: readonly number[]) {
  const groups = new Map<number, number[]>();
  for (const partition of partitions) {
    const id = await leaderId(cluster, { topic, partition });
    const group = groups.get(id);
    if (group) group.push(partition);
    else groups.set(id, [partition]);
  }
  return groups;
}

const GROUP = 0;

/** Node ids of coordinators by group: what a cluster object has learned goes with it when it is thrown away. */
const coordinators = new WeakMap<Cluster, Map<string, number>>();

/**
 * The broker that keeps a group, connected. Any broker knows which one that is; it is asked once. `wish` is what it is to
 * be asked for: whoever may do that may look for it, too.
 */
export async function coordinatorOf(
  cluster: Cluster,
  groupId: string,
  wish: Api = 'GroupCoordinator',
): Promise<Broker> {
  const known = coordinators.get(cluster) ?? new Map<string, number>();
  coordinators.set(cluster, known);
  const nodeId = known.get(groupId) ?? (await findCoordinator(cluster, groupId, wish));
  known.set(groupId, nodeId);
  return await cluster.findBroker({ nodeId });
}

async function findCoordinator(cluster: Cluster, groupId: string, wish: Api): Promise<number> {
  const broker = await cluster.brokerPool.findConnectedBroker();
  type Answer = { errorCode: number; coordinator: { nodeId: number } };
  const answer = await call<Answer>(broker, 'GroupCoordinator', { groupId, coordinatorType: GROUP });
  check(answer.errorCode, `group ${groupId}`, { api: wish, group: groupId });
  return answer.coordinator.nodeId;
}
