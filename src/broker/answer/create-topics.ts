import type { Respond } from '../api.ts';
import type { createTopics } from '../protocol/apis/create-topics.ts';
import { ERRORS } from '../protocol/errors.ts';
import type { RequestOf, ResponseOf } from '../protocol/schema.ts';
import { configFault } from '../topics/topic-configs.ts';
import { nameFault } from '../topics/topic-name.ts';
import { type Fault, keep, refuse } from './fault.ts';
import type { Store } from './store.ts';

type Ask = RequestOf<typeof createTopics>;
type Answer = ResponseOf<typeof createTopics>;
type Wish = Ask['topics'][number];

/** More partitions than one process should hold files for. */
export const MAX_PARTITIONS = 1000;

/** Creates topics, or with `validateOnly` says whether it would. */
export function answerCreateTopics(store: Store): Respond<Ask, Answer> {
  return ({ topics, validateOnly }) => ({
    topics: unique(topics).map((wish) => {
      const isDouble = topics.filter(({ name }) => name === wish.name).length > 1;
      let fault = isDouble ? refuse(ERRORS.INVALID_REQUEST, 'Duplicate topic name.') : faultOf(store, wish);
      if (!fault && !validateOnly) fault = keep(store, () => create(store, wish));
      return { name: wish.name, ...(fault ?? { errorCode: ERRORS.NONE }) };
    }),
  });
}

function unique(topics: Wish[]): Wish[] {
  return [...new Map(topics.map((topic) => [topic.name, topic])).values()];
}

function create(store: Store, { name, numPartitions, assignments, configs }: Wish): void {
  const asked = assignments.length > 0 ? assignments.length : numPartitions;
  const set = configs.map((config): [string, string] => [config.name, config.value ?? '']);
  store.topics.create(name, asked === -1 ? store.defaultPartitions : asked, Object.fromEntries(set));
}

function faultOf(store: Store, wish: Wish): Fault | undefined {
  const { catalog } = store.topics;
  if (catalog.get(wish.name)) return refuse(ERRORS.TOPIC_ALREADY_EXISTS, `Topic '${wish.name}' already exists.`);
  const badName = nameFault(
    wish.name,
    catalog.all().map(({ name }) => name),
  );
  if (badName) return refuse(ERRORS.INVALID_TOPIC_EXCEPTION, badName);
  const badConfig = wish.configs.map(({ name, value }) => configFault(name, value)).find((fault) => fault);
  if (badConfig) return refuse(ERRORS.INVALID_CONFIG, badConfig);
  return wish.assignments.length > 0 ? assignmentFault(store, wish) : countFault(wish);
}

function countFault({ numPartitions, replicationFactor }: Wish): Fault | undefined {
  if (numPartitions !== -1 && numPartitions <= 0) {
    return refuse(ERRORS.INVALID_PARTITIONS, 'Number of partitions was set to an invalid non-positive value.');
  }
  if (numPartitions > MAX_PARTITIONS) return tooMany(numPartitions);
  if (replicationFactor === -1 || replicationFactor === 1) return undefined;
  const sentence = `Unable to replicate the partition ${replicationFactor} time(s): this broker is a single node.`;
  return refuse(ERRORS.INVALID_REPLICATION_FACTOR, sentence);
}

/** A topic may be laid out by hand, on the only node there is. */
function assignmentFault(store: Store, { assignments, numPartitions, replicationFactor }: Wish): Fault | undefined {
  if (numPartitions !== -1 || replicationFactor !== -1) {
    return refuse(ERRORS.INVALID_REQUEST, 'Both partitions or replicas and an assignment were given.');
  }
  if (assignments.length > MAX_PARTITIONS) return tooMany(assignments.length);
  const { nodeId } = store.address();
  const indexes = new Set(assignments.map(({ partitionIndex }) => partitionIndex));
  const isInRow = indexes.size === assignments.length && assignments.every((_, p) => indexes.has(p));
  const isHere = assignments.every(({ brokerIds }) => brokerIds.length === 1 && brokerIds[0] === nodeId);
  if (isInRow && isHere) return undefined;
  return refuse(ERRORS.INVALID_REPLICA_ASSIGNMENT, `Partitions must run from 0, each on broker ${nodeId} alone.`);
}

function tooMany(count: number): Fault {
  return refuse(ERRORS.INVALID_PARTITIONS, `${count} partitions: this embedded broker takes up to ${MAX_PARTITIONS}.`);
}
