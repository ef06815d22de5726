import { LunchrushError } from '../errors.ts';
import type { Connection, LogSink } from './client.ts';
import { type Creation, createTopics } from './create-topics.ts';
import { CODE, check, faultOfCode, KafkaFault } from './errors.ts';
import type { Rights } from './rights.ts';
import { readTopicSettings, whyUnfit } from './topic-settings.ts';
import type { Cluster, TopicMetadata } from './wire/kafkajs.ts';
import { createLink } from './wire/link.ts';

/** The topics of one pipeline. */
export type TopicNames = { orders: string; inventoryEvents: string; deadLetters: string };

/**
 * What to create missing topics with: 3 partitions, and min(3, brokers) replicas, unless said otherwise; or not to.
 * `rights` spares us questions that would be refused.
 */
export type TopicWishes = { partitions?: number; replicationFactor?: number; mayCreate?: boolean; rights?: Rights };

/** Topics that fit. `replicationFactor` is that of `orders`; `warnings` are sentences to be told. */
export type FitTopics = { partitions: number; created: string[]; replicationFactor: number; warnings: string[] };

const PARTITIONS = 3;
const REPLICAS = 3;
const APPEAR_MS = 20_000;

function topicOf(cluster: Cluster, topic: string): TopicMetadata | undefined {
  const found = cluster.brokerPool.metadata?.topicMetadata.find((each) => each.topic === topic);
  return found && found.partitionMetadata.length > 0 ? found : undefined;
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
function wishesFor(cluster: Cluster, names: TopicNames, wishes: TopicWishes): Creation {
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

/** Reads the settings of those topics that let us, and judges them; gives what is to be told. */
async function judge(cluster: Cluster, names: TopicNames, rights: Rights | undefined): Promise<string[]> {
  const all = [names.orders, names.inventoryEvents];
  const mayAsk = (name: string) => rights?.may({ operation: 'DescribeConfigs', resource: 'Topic', name }) !== false;
  const settings = await readTopicSettings(cluster, all.filter(mayAsk));
  const { refusal, warnings } = whyUnfit(settings, names);
  if (refusal) throw unfit(refusal);
  const unread = all.filter((name) => !settings.has(name));
  if (unread.length === 0) return warnings;
  const why = `the user needs DescribeConfigs on Topic ${unread.join(', ')}`;
  return [...warnings, `whether ${unread.join(' and ')} are compacted, and how long kept, cannot be seen: ${why}`];
}

/** A topic that we may not see must not look like one that is not there. */
function mustBeSeen(cluster: Cluster, names: readonly string[]): void {
  for (const topic of names) {
    const code = cluster.brokerPool.metadata?.topicMetadata.find((each) => each.topic === topic)?.topicErrorCode ?? 0;
    if (!PASSING.includes(code)) check(code, `topic ${topic}`, { api: 'Metadata', topic });
  }
}

/** Errors of a topic that is not there, or not there yet. */
const PASSING: readonly number[] = [0, CODE.UNKNOWN_TOPIC_OR_PARTITION, CODE.LEADER_NOT_AVAILABLE];

function absent(missing: readonly string[]): LunchrushError {
  const sentence = `${missing.join(', ')}: not there, and nothing is created here`;
  return new LunchrushError('KAFKA_TOPICS_UNFIT', sentence, { fix: 'check the names, or leave out --read-only once' });
}

async function ensure(cluster: Cluster, names: TopicNames, wishes: TopicWishes, done: Done) {
  const all = [names.orders, names.inventoryEvents, names.deadLetters];
  await cluster.brokerPool.refreshMetadata(all);
  mustBeSeen(cluster, all);
  const how = wishesFor(cluster, names, wishes);
  const missing = all.filter((name) => !topicOf(cluster, name));
  if (missing.length > 0 && wishes.mayCreate === false) throw absent(missing);
  for (const name of missing) done.created.add(name);
  if (missing.length > 0) for (const each of await createTopics(cluster, missing, how)) done.warnings.add(each);
  await mustHaveLeaders(cluster, all);
  const partitions = mustMatch(cluster, names);
  const judged = await judge(cluster, names, wishes.rights);
  const replicationFactor = topicOf(cluster, names.orders)?.partitionMetadata[0]?.replicas.length ?? 1;
  return { partitions, created: [...done.created], replicationFactor, warnings: [...done.warnings, ...judged] };
}

/** What earlier tries have done: the last one may find nothing left to do. */
type Done = { created: Set<string>; warnings: Set<string> };

/**
 * Makes sure that the pipeline's topics exist and fit each other. Missing ones are created, existing ones are taken as
 * they are. Rejects with KAFKA_TOPICS_UNFIT where they cannot be used: different numbers of partitions, or compaction;
 * with KAFKA_REFUSED where the cluster does not let us see or create them.
 */
export async function ensureTopics(
  connection: Connection,
  names: TopicNames,
  wishes: TopicWishes & { log?: LogSink; signal?: AbortSignal } = {},
): Promise<FitTopics> {
  const { log, signal, ...how } = wishes;
  const link = createLink(connection, { log });
  const done: Done = { created: new Set(), warnings: new Set() };
  try {
    const patience = { deadlineMs: APPEAR_MS, signal };
    return await link.use('preparing topics', (cluster) => ensure(cluster, names, how, done), patience);
  } finally {
    link.close();
  }
}
