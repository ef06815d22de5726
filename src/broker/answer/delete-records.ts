import type { Respond } from '../api.ts';
import type { deleteRecords } from '../protocol/apis/delete-records.ts';
import { ERRORS } from '../protocol/errors.ts';
import type { RequestOf, ResponseOf } from '../protocol/schema.ts';
import { keep } from './fault.ts';
import type { Store } from './store.ts';

type Ask = RequestOf<typeof deleteRecords>;
type Answer = ResponseOf<typeof deleteRecords>;

/** The offset that stands for "up to the high watermark". */
const HIGH_WATERMARK = -1;

/** Moves log starts; a new start is kept across restarts. */
export function answerDeleteRecords(store: Store): Respond<Ask, Answer> {
  return ({ topics }) => ({
    topics: topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex, offset }) => ({
        partitionIndex,
        ...deleteBefore(store, name, partitionIndex, offset),
      })),
    })),
  });
}

function deleteBefore(store: Store, name: string, partition: number, asked: number) {
  const topic = store.topics.catalog.get(name);
  const log = store.topics.log(name, partition);
  if (!topic || !log) return { lowWatermark: -1, errorCode: ERRORS.UNKNOWN_TOPIC_OR_PARTITION };
  const offset = asked === HIGH_WATERMARK ? log.endOffset : asked;
  if (offset < 0 || offset > log.endOffset) return { lowWatermark: -1, errorCode: ERRORS.OFFSET_OUT_OF_RANGE };
  const fault = keep(store, () => store.topics.deleteBefore(topic, partition, offset));
  return fault
    ? { lowWatermark: -1, errorCode: fault.errorCode }
    : { lowWatermark: log.startOffset, errorCode: ERRORS.NONE };
}
