import { LunchrushError } from '../errors.ts';
import type { Connection, LogSink } from './client.ts';
import { CODE, check, faultOfCode, KafkaFault } from './errors.ts';
import { readTopicSettings, type TopicSettings, whyUnfit } from './topic-settings.ts';
import { call } from './wire/call.ts';
import type { Cluster, TopicMetadata } from './wire/kafkajs.ts';
import { createLink } from './wire/link.ts';

/** The topics of one pipeline. */
export type TopicNames = { orders: string; inventoryEvents: string; deadLetters: string };

/** What to create missing topics with: 3 partitions, and min(3, brokers) replicas, unless said otherwise. */
export type TopicWishes = { partitions?: number; replicationFactor?: number };

/** Topics that fit. `replicationFactor` is that of `orders`; `warnings` are sentences to be told. */
export type FitTopics = { partitions: number; created: string[]; replicationFactor: number; warnings: string[] };

const PARTITIONS = 3;
const REPLICAS = 3;
const CREATE_MS = 10_000;
const APPEAR_MS = 20_000;

function topicOf(cluster: Cluster, topic: string): TopicMetadata | undefined {
  const found = cluster.brokerPool.metadata?.topicMetadata.find((each) => each.topic === topic);
  return found && found.partitionMetadata.length > 0 ? found : undefined;
}

async function create(cluster: Cluster, topics: string[], how: Required<TopicWishes>): Promise<void> {
  const controller = await cluster.findBroker({ nodeId: cluster.brokerPool.metadata?.controllerId ?? -1 });
  const { partitions: numPartitions, replicationFactor } = how;
  const wanted = topics.map((topic) => ({ topic, numPartitions, replicationFactor }));
  type Answer = { topicErrors: { topic: string; errorCode: number }[] };
  const request = { topics: wanted, validateOnly: false, timeout: CREATE_MS };
  const answer = await call<Answer>(controller, 'CreateTopics', request);
  for (const { topic, errorCode } of answer.topicErrors) {
    // Somebody else may have been quicker, or an earlier try of ours whose answer was lost.
    if (errorCode !== CODE.TOPIC_ALREADY_EXISTS) check(errorCode, `creating topic ${topic}`);
  }
}

/** Every partition must have a leader before anybody uses the topic. */
async function mustHaveLeaders(cluster: Cluster, names: string[]): Promise<void> {
  await cluster.brokerPool.refreshMetadata(names);
  for (const name of names) {
    const topic = topicOf(cluster, name);
    const ready = topic?.partitionMetadata.every(({ leader }) => leader >= 0);
    if (!ready) throw new KafkaFault(faultOfCode(CODE.LEADER_NOT_AVAILABLE, `topic ${name}`));
  }
}

function partitionCount(cluster: Cluster, topic: string): number {
  return topicOf(cluster, topic)?.partitionMetadata.length ?? 0;
}

function unfit(sentence: string): LunchrushError {
  return new LunchrushError('KAFKA_TOPICS_UNFIT', sentence);
}

/** Existing topics decide how many partitions missing ones get: an outcome goes to the partition of its order. */
function wishesFor(cluster: Cluster, names: TopicNames, wishes: TopicWishes): Required<TopicWishes> {
  const existing = partitionCount(cluster, names.orders) || partitionCount(cluster, names.inventoryEvents);
  const brokers = cluster.brokerPool.metadata?.brokers.length ?? 1;
  return {
    partitions: existing || (wishes.partitions ?? PARTITIONS),
    replicationFactor: wishes.replicationFactor ?? Math.min(REPLICAS, brokers),
  };
}

function mustMatch(cluster: Cluster, { orders, inventoryEvents, deadLetters }: TopicNames): number {
  const partitions = partitionCount(cluster, orders);
  for (const other of [inventoryEvents, deadLetters]) {
    const count = partitionCount(cluster, other);
    if (count === partitions) continue;
    throw unfit(`${orders} has ${partitions} partitions and ${other} has ${count}: they must have the same number`);
  }
  return partitions;
}

function judge(settings: Map<string, TopicSettings>, names: TopicNames): string[] {
  const { refusal, warnings } = whyUnfit(settings, names);
  if (refusal) throw unfit(refusal);
  return warnings;
}

async function ensure(cluster: Cluster, names: TopicNames, wishes: TopicWishes, created: Set<string>) {
  const all = [names.orders, names.inventoryEvents, names.deadLetters];
  await cluster.brokerPool.refreshMetadata(all);
  const how = wishesFor(cluster, names, wishes);
  const missing = all.filter((name) => !topicOf(cluster, name));
  for (const name of missing) created.add(name);
  if (missing.length > 0) await create(cluster, missing, how);
  await mustHaveLeaders(cluster, all);
  const partitions = mustMatch(cluster, names);
  const warnings = judge(await readTopicSettings(cluster, all), names);
  const replicationFactor = topicOf(cluster, names.orders)?.partitionMetadata[0]?.replicas.length ?? 1;
  return { partitions, created: [...created], replicationFactor, warnings };
}

/**
 * Makes sure that the pipeline's topics exist and fit each other. Missing ones are created, existing ones are taken as
 * they are. Rejects with KAFKA_TOPICS_UNFIT where they cannot be used: different numbers of partitions, or compaction.
 */
export async function ensureTopics(
  connection: Connection,
  names: TopicNames,
  wishes: TopicWishes & { log?: LogSink; signal?: AbortSignal } = {},
): Promise<FitTopics> {
  const { log, signal, ...how } = wishes;
  const link = createLink(connection, { log });
  const created = new Set<string>();
  try {
    const patience = { deadlineMs: APPEAR_MS, signal };
    return await link.use('preparing topics', (cluster) => ensure(cluster, names, how, created), patience);
  } finally {
    link.close();
  }
}
