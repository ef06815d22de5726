import type { Respond } from '../api.ts';
import type { PartitionLog } from '../log/partition-log.ts';
import type { produce } from '../protocol/apis/produce.ts';
import { ERRORS, type ErrorCode } from '../protocol/errors.ts';
import { MalformedError } from '../protocol/malformed.ts';
import { headerAt } from '../protocol/record-batch.ts';
import type { RequestOf, ResponseOf } from '../protocol/schema.ts';
import { numberOf } from '../topics/topic-configs.ts';
import { batchFault } from './batch-fault.ts';
import type { Store } from './store.ts';

type Ask = RequestOf<typeof produce>;
type Answer = ResponseOf<typeof produce>;
type PartitionAnswer = Answer['responses'][number]['partitionResponses'][number];

const LEGAL_ACKS = [-1, 0, 1];

/** Appends what a producer sends. With acks 0 nothing is answered; a failure can only be told by hanging up, as Kafka does. */
export function answerProduce(store: Store): Respond<Ask, Answer> {
  return ({ acks, topicData }) => {
    const areAcksLegal = LEGAL_ACKS.includes(acks);
    const responses = topicData.map(({ name, partitionData }) => ({
      name,
      partitionResponses: partitionData.map(({ index, records }) => ({
        index,
        ...(areAcksLegal ? append(store, name, index, records) : failed(ERRORS.INVALID_REQUIRED_ACKS)),
      })),
    }));
    if (acks !== 0) return { responses };
    const fault = responses
      .flatMap((topic) => topic.partitionResponses)
      .find(({ errorCode }) => errorCode !== ERRORS.NONE);
    if (fault) throw new MalformedError(`a produce request with acks 0 failed with error ${fault.errorCode}`);
    return undefined;
  };
}

type Outcome = Omit<PartitionAnswer, 'index'>;

function append(store: Store, name: string, partition: number, records: Buffer | null): Outcome {
  const log = store.topics.log(name, partition);
  const topic = store.topics.catalog.get(name);
  if (!log || !topic) return failed(ERRORS.UNKNOWN_TOPIC_OR_PARTITION);
  const latest = store.clock.now() + numberOf(topic.configs, 'message.timestamp.after.max.ms');
  const fault = batchFault(records, { maxBytes: numberOf(topic.configs, 'max.message.bytes'), latest });
  return fault === ERRORS.NONE ? place(log, records as Buffer) : failed(fault, log);
}

function place(log: PartitionLog, records: Buffer): Outcome {
  const appended = log.append(records, headerAt(records, 0));
  if (appended.error !== ERRORS.NONE) return failed(appended.error, log);
  return { errorCode: ERRORS.NONE, baseOffset: appended.baseOffset, logStartOffset: log.startOffset };
}

function failed(errorCode: ErrorCode, log?: PartitionLog): Outcome {
  return { errorCode, baseOffset: -1, logStartOffset: log?.startOffset ?? -1 };
}
