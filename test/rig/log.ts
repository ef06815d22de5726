import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** A record as it lies in a partition; `headers` as text. */
export type LogRecord = {
  offset: number;
  key: string | null;
  value: Buffer | null;
  headers: Record<string, string>;
};

/** All records of a topic, by partition. */
export type TopicLog = LogRecord[][];

type FetchedMessage = {
  offset: string;
  key: Buffer | null;
  value: Buffer | null;
  headers: Record<string, Buffer | Buffer[]>;
};

type Broker = {
  fetch(request: object): Promise<{ responses: { partitions: { messages: FetchedMessage[] }[] }[] }>;
};

/** kafkajs's own view of a cluster, as it was published: nothing of `src` is under what is read here. */
type Cluster = {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  addMultipleTargetTopics(topics: string[]): Promise<void>;
  findTopicPartitionMetadata(topic: string): { partitionId: number; leader: number }[];
  findBroker(where: { nodeId: number }): Promise<Broker>;
  fetchTopicsOffset(topics: object[]): Promise<{ partitions: { partition: number; offset: string }[] }[]>;
};

function openCluster(brokers: readonly string[]): Cluster {
  const KafkajsCluster = require('kafkajs/src/cluster') as new (options: object) => Cluster;
  const { createLogger, LEVELS } = require('kafkajs/src/loggers');
  const socketFactory = require('kafkajs/src/network/socketFactory')();
  return new KafkajsCluster({
    logger: createLogger({ level: LEVELS.NOTHING, logCreator: () => () => undefined }),
    socketFactory,
    brokers,
    clientId: 'independent-reader',
    connectionTimeout: 5_000,
    requestTimeout: 20_000,
    enforceRequestTimeout: true,
    metadataMaxAge: 300_000,
    allowAutoTopicCreation: false,
    retry: { retries: 8, initialRetryTime: 100 },
  });
}

function toRecord({ offset, key, value, headers }: FetchedMessage): LogRecord {
  const texts = Object.entries(headers).map(([name, bytes]) => [name, String(bytes)]);
  return { offset: Number(offset), key: key === null ? null : String(key), value, headers: Object.fromEntries(texts) };
}

async function endsOf(cluster: Cluster, topic: string, partitions: number[]): Promise<Map<number, number>> {
  const asked = partitions.map((partition) => ({ partition }));
  const [found] = await cluster.fetchTopicsOffset([{ topic, partitions: asked, fromBeginning: false }]);
  return new Map(found?.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
}

async function lowOf(cluster: Cluster, topic: string, partition: number): Promise<number> {
  const [found] = await cluster.fetchTopicsOffset([{ topic, partitions: [{ partition }], fromBeginning: true }]);
  return Number(found?.partitions[0]?.offset ?? 0);
}

async function readPartition(
  cluster: Cluster,
  broker: Broker,
  where: { topic: string; partition: number; end: number },
) {
  const { topic, partition, end } = where;
  const records: LogRecord[] = [];
  let next = await lowOf(cluster, topic, partition);
  while (next < end) {
    const partitions = [{ partition, fetchOffset: String(next), maxBytes: 4_194_304 }];
    const request = { replicaId: -1, isolationLevel: 1, maxWaitTime: 500, minBytes: 1, maxBytes: 8_388_608 };
    const { responses } = await broker.fetch({ ...request, topics: [{ topic, partitions }] });
    const fetched = (responses[0]?.partitions[0]?.messages ?? []).map(toRecord);
    // Whole batches come along: what lies before the asked offset has been read, what lies behind the end is too new.
    const wanted = fetched.filter(({ offset }) => offset >= next && offset < end);
    if (wanted.length === 0) throw new Error(`${topic}/${partition}@${next}: nothing comes, though the end is ${end}`);
    records.push(...wanted);
    next = (wanted.at(-1)?.offset ?? next) + 1;
  }
  return records;
}

/** Reads whole topics, up to the ends that they have at the call, outside every group. */
export async function readTopics(brokers: readonly string[], topics: readonly string[]): Promise<TopicLog[]> {
  const cluster = openCluster(brokers);
  try {
    await cluster.connect();
    await cluster.addMultipleTargetTopics([...topics]);
    const logs: TopicLog[] = [];
    for (const topic of topics) logs.push(await readTopic(cluster, topic));
    return logs;
  } finally {
    await cluster.disconnect();
  }
}

async function readTopic(cluster: Cluster, topic: string): Promise<TopicLog> {
  const leaders = cluster.findTopicPartitionMetadata(topic).toSorted((a, b) => a.partitionId - b.partitionId);
  const ends = await endsOf(
    cluster,
    topic,
    leaders.map(({ partitionId }) => partitionId),
  );
  const log: TopicLog = [];
  for (const { partitionId: partition, leader } of leaders) {
    const broker = await cluster.findBroker({ nodeId: leader });
    log[partition] = await readPartition(cluster, broker, { topic, partition, end: ends.get(partition) ?? 0 });
  }
  return log;
}
