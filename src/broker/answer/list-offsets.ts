import type { Respond } from '../api.ts';
import type { PartitionLog } from '../log/partition-log.ts';
import type { listOffsets } from '../protocol/apis/list-offsets.ts';
import { ERRORS } from '../protocol/errors.ts';
import type { RequestOf, ResponseOf } from '../protocol/schema.ts';
import { epochFault } from './leader-epoch.ts';
import type { Store } from './store.ts';

type Ask = RequestOf<typeof listOffsets>;
type Wish = Ask['topics'][number]['partitions'][number];

/** Times that stand for a place; later versions, which are not served, know more of them. */
const LATEST = -1;
const EARLIEST = -2;

/** Finds offsets by place or time; a time after the last record has no offset (-1). */
export function answerListOffsets(store: Store): Respond<Ask, ResponseOf<typeof listOffsets>> {
  return ({ topics }) => ({
    topics: topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map((wish) => ({
        partitionIndex: wish.partitionIndex,
        ...place(store.topics.log(name, wish.partitionIndex), wish),
      })),
    })),
  });
}

function place(log: PartitionLog | undefined, { currentLeaderEpoch, timestamp }: Wish) {
  if (!log) return { errorCode: ERRORS.UNKNOWN_TOPIC_OR_PARTITION };
  const errorCode = epochFault(currentLeaderEpoch);
  if (errorCode !== ERRORS.NONE) return { errorCode };
  if (timestamp === LATEST) return { errorCode, offset: log.endOffset, leaderEpoch: 0 };
  if (timestamp === EARLIEST) return { errorCode, offset: log.startOffset, leaderEpoch: 0 };
  if (timestamp < 0) return { errorCode: ERRORS.UNSUPPORTED_VERSION };
  const found = log.find(timestamp);
  return found ? { errorCode, ...found, leaderEpoch: 0 } : { errorCode };
}
