import type { Respond } from '../api.ts';
import type { metadata } from '../protocol/apis/metadata.ts';
import { ERRORS, type ErrorCode } from '../protocol/errors.ts';
import type { RequestOf, ResponseOf } from '../protocol/schema.ts';
import type { Topic } from '../topics/catalog.ts';
import { nameFault } from '../topics/topic-name.ts';
import type { Store } from './store.ts';

type Ask = RequestOf<typeof metadata>;
type Answer = ResponseOf<typeof metadata>;
type TopicAnswer = Answer['topics'][number];

/** Describes the one broker and the topics asked for. */
export function answerMetadata(store: Store): Respond<Ask, Answer> {
  return (request, { apiVersion }) => {
    const { nodeId, host, port } = store.address();
    const isForAll = request.topics === null || (apiVersion === 0 && request.topics.length === 0);
    const names = isForAll ? store.topics.catalog.all().map(({ name }) => name) : (request.topics ?? []).map(nameOf);
    return {
      brokers: [{ nodeId, host, port }],
      clusterId: store.topics.catalog.clusterId,
      controllerId: nodeId,
      topics: names.map((name) => describe(store, name, request.allowAutoTopicCreation)),
    };
  };
}

const nameOf = ({ name }: { name: string }) => name;

function describe(store: Store, name: string, mayCreate: boolean): TopicAnswer {
  const topic = store.topics.catalog.get(name);
  if (topic) return { errorCode: ERRORS.NONE, name, partitions: partitionsOf(topic, store.address().nodeId) };
  return { errorCode: create(store, name, mayCreate), name, partitions: [] };
}

/** As Kafka does: the request that creates a topic is still told that there is none; the client asks again. */
function create(store: Store, name: string, mayCreate: boolean): ErrorCode {
  if (nameFault(name, []) !== undefined) return ERRORS.INVALID_TOPIC_EXCEPTION;
  if (mayCreate && store.autoCreateTopics) store.topics.create(name, store.defaultPartitions, {});
  return ERRORS.UNKNOWN_TOPIC_OR_PARTITION;
}

function partitionsOf(topic: Topic, nodeId: number): TopicAnswer['partitions'] {
  return Array.from({ length: topic.partitions }, (_, partitionIndex) => ({
    errorCode: ERRORS.NONE,
    partitionIndex,
    leaderId: nodeId,
    leaderEpoch: 0,
    replicaNodes: [nodeId],
    isrNodes: [nodeId],
  }));
}
