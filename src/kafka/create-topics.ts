import { CODE, type Fault, faultOfCode, KafkaFault } from './errors.ts';
import { call } from './wire/call.ts';
import type { Cluster } from './wire/kafkajs.ts';

/** What topics are created with. */
export type Creation = { partitions: number; replicationFactor: number };

type TopicError = { topic: string; errorCode: number; errorMessage?: string | null };

const CREATE_MS = 10_000;

/** Records are counted, so none may disappear behind a newer one of its key; all else is left to the cluster. */
const SETTINGS = [{ name: 'cleanup.policy', value: 'delete' }];

const INVALID_CONFIG = 40;
const POLICY_VIOLATION = 44;
/** Answers that may be about the settings. */
const ABOUT_SETTINGS: readonly number[] = [INVALID_CONFIG, POLICY_VIOLATION];

const BY_HAND = 'or have the topics created, all with one number of partitions';
/** What to do about a refusal, by code. */
const FIXES: Readonly<Record<number, string>> = {
  17: 'choose other names with --prefix',
  37: `choose another number with --partitions, ${BY_HAND}`,
  38: `choose another one with --replication-factor, ${BY_HAND}`,
  [INVALID_CONFIG]: `see the defaults of the cluster, ${BY_HAND}`,
  [POLICY_VIOLATION]: `choose others with --partitions and --replication-factor, ${BY_HAND}`,
};

async function ask(cluster: Cluster, topics: readonly string[], how: Creation, configEntries: object[]) {
  const controller = await cluster.findBroker({ nodeId: cluster.brokerPool.metadata?.controllerId ?? -1 });
  const { partitions: numPartitions, replicationFactor } = how;
  const wanted = topics.map((topic) => ({ topic, numPartitions, replicationFactor, configEntries }));
  const request = { topics: wanted, validateOnly: false, timeout: CREATE_MS };
  const { topicErrors } = await call<{ topicErrors: TopicError[] }>(controller, 'CreateTopics', request);
  // Somebody else may have been quicker, or an earlier try of ours whose answer was lost.
  return topicErrors.filter(({ errorCode }) => errorCode !== 0 && errorCode !== CODE.TOPIC_ALREADY_EXISTS);
}

function faultOfTopic({ topic, errorCode, errorMessage }: TopicError): Fault {
  const fault = faultOfCode(errorCode, `topic ${topic}`, { api: 'CreateTopics', topic });
  if (fault.need) return { ...fault, fix: `${fault.fix}, ${BY_HAND}` };
  const sentence = errorMessage ? `${fault.sentence} (${errorMessage})` : fault.sentence;
  return { ...fault, sentence, fix: FIXES[errorCode] };
}

/**
 * Creates topics. A cluster that forbids settings, as managed ones may, is asked again without them; the warnings say so.
 * Rejects with the fault of the first that cannot be had.
 */
export async function createTopics(cluster: Cluster, topics: readonly string[], how: Creation): Promise<string[]> {
  const refused = await ask(cluster, topics, how, SETTINGS);
  const [other] = refused.filter(({ errorCode }) => !ABOUT_SETTINGS.includes(errorCode));
  if (other) throw new KafkaFault(faultOfTopic(other));
  if (refused.length === 0) return [];
  const again = topics.filter((name) => refused.some(({ topic }) => topic === name));
  const [still] = await ask(cluster, again, how, []);
  if (still) throw new KafkaFault(faultOfTopic(still));
  const [{ errorMessage }] = refused as [TopicError];
  const why = errorMessage ? ` (${errorMessage})` : '';
  return [`the cluster lets nobody set cleanup.policy of ${again.join(', ')}${why}: created with its defaults`];
}
