import type { Respond } from '../api.ts';
import type { createPartitions } from '../protocol/apis/create-partitions.ts';
import { ERRORS } from '../protocol/errors.ts';
import type { RequestOf, ResponseOf } from '../protocol/schema.ts';
import { MAX_PARTITIONS } from './create-topics.ts';
import { type Fault, keep, refuse } from './fault.ts';
import type { Store } from './store.ts';

type Ask = RequestOf<typeof createPartitions>;
type Wish = Ask['topics'][number];

/** Raises numbers of partitions; they never fall. */
export function answerCreatePartitions(store: Store): Respond<Ask, ResponseOf<typeof createPartitions>> {
  return ({ topics, validateOnly }) => ({
    results: topics.map((wish) => {
      let fault = faultOf(store, wish);
      if (!fault && !validateOnly) fault = keep(store, () => store.topics.grow(wish.name, wish.count));
      return { name: wish.name, ...(fault ?? { errorCode: ERRORS.NONE }) };
    }),
  });
}

function faultOf(store: Store, { name, count, assignments }: Wish): Fault | undefined {
  const topic = store.topics.catalog.get(name);
  if (!topic) return refuse(ERRORS.UNKNOWN_TOPIC_OR_PARTITION, `The topic '${name}' does not exist.`);
  if (count <= topic.partitions) {
    const sentence = `The topic ${name} currently has ${topic.partitions} partition(s); ${count} would not be an increase.`;
    return refuse(ERRORS.INVALID_PARTITIONS, sentence);
  }
  if (count > MAX_PARTITIONS) {
    return refuse(ERRORS.INVALID_PARTITIONS, `This embedded broker takes up to ${MAX_PARTITIONS} partitions.`);
  }
  return assignments && !isHere(store, assignments, count - topic.partitions)
    ? refuse(ERRORS.INVALID_REPLICA_ASSIGNMENT, 'Each new partition needs one assignment, to this broker alone.')
    : undefined;
}

function isHere(store: Store, assignments: NonNullable<Wish['assignments']>, added: number): boolean {
  const { nodeId } = store.address();
  const isOwn = ({ brokerIds }: { brokerIds: number[] }) => brokerIds.length === 1 && brokerIds[0] === nodeId;
  return assignments.length === added && assignments.every(isOwn);
}
