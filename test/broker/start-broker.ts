import { onTestFinished } from 'vitest';
import type { Clock } from '../../src/broker/api.ts';
import { type BrokerOptions, createBroker } from '../../src/broker/broker.ts';
import { APIS } from '../../src/broker/protocol/apis/table.ts';
import { temporaryFolder } from '../rig/folder.ts';
import { type RawClient, rawClient } from './raw-client.ts';

/** The machine's time. */
export const realClock: Clock = {
  now: () => Date.now(),
  setTimer: (ms, fire) => {
    const timer = setTimeout(fire, ms);
    return () => clearTimeout(timer);
  },
};

/** A broker in this process, closed when the test is over. */
export type TestBroker = { port: number; dataDir: string; said: string[]; close(): Promise<void> };

export async function startBroker(options: Partial<BrokerOptions> = {}): Promise<TestBroker> {
  const said: string[] = [];
  const dataDir = options.dataDir ?? temporaryFolder();
  const log = (level: string, message: string) => {
    if (level !== 'debug') said.push(`${level} ${message}`);
  };
  const broker = createBroker({ port: 0, clock: realClock, log, reached: () => {}, ...options, dataDir });
  const { port } = await broker.start();
  onTestFinished(() => broker.close());
  return { port, dataDir, said, close: () => broker.close() };
}

/** A broker with one topic, `t`, and a client that speaks to it. */
export async function withTopic(partitions = 1, options: Partial<BrokerOptions> = {}) {
  const broker = await startBroker(options);
  const client = await rawClient(broker.port);
  await createTopic(client, 't', partitions);
  return { ...broker, client };
}

/** Creates a topic or throws with Kafka's code. */
export async function createTopic(
  client: RawClient,
  name: string,
  numPartitions: number,
  configs: Record<string, string> = {},
) {
  const { topics } = await client.ask(APIS.createTopics, 4, {
    topics: [
      {
        name,
        numPartitions,
        replicationFactor: 1,
        assignments: [],
        configs: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
      },
    ],
    timeoutMs: 1000,
  });
  if (topics[0]?.errorCode !== 0) throw new Error(`error ${topics[0]?.errorCode}: ${topics[0]?.errorMessage}`);
}

/** Produces to one partition of `t` and gives its part of the answer. */
export async function produceTo(client: RawClient, records: Buffer | null, { index = 0, acks = -1, name = 't' } = {}) {
  const topicData = [{ name, partitionData: [{ index, records }] }];
  const { responses } = await client.ask(APIS.produce, 7, { transactionalId: null, acks, timeoutMs: 1000, topicData });
  const answer = responses[0]?.partitionResponses[0];
  if (!answer) throw new Error('no answer for the partition');
  return answer;
}

/** A fetch request for partitions of `t`. */
export function fetchOf(offsets: number[], { maxWaitMs = 0, minBytes = 1, maxBytes = 1e6, topic = 't' } = {}) {
  const partitions = offsets.map((fetchOffset, partition) => ({
    partition,
    currentLeaderEpoch: -1,
    fetchOffset,
    logStartOffset: -1,
    partitionMaxBytes: maxBytes,
  }));
  return { replicaId: -1, maxWaitMs, minBytes, maxBytes, sessionEpoch: -1, topics: [{ topic, partitions }] };
}

/** Fetches from partitions of `t` and gives their parts of the answer. */
export async function fetchFrom(client: RawClient, offsets: number[], options: Parameters<typeof fetchOf>[1] = {}) {
  const { responses } = await client.ask(APIS.fetch, 11, fetchOf(offsets, options));
  return responses[0]?.partitions ?? [];
}
