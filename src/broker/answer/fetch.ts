import type { ConnectionToken, Respond } from '../api.ts';
import type { PartitionLog } from '../log/partition-log.ts';
import type { fetch } from '../protocol/apis/fetch.ts';
import { ERRORS, type ErrorCode } from '../protocol/errors.ts';
import type { RequestOf, ResponseOf } from '../protocol/schema.ts';
import { epochFault } from './leader-epoch.ts';
import type { Store } from './store.ts';
import { waitForBytes } from './wait-for-bytes.ts';

type Ask = RequestOf<typeof fetch>;
type Answer = ResponseOf<typeof fetch>;
type Wish = Ask['topics'][number]['partitions'][number];
type PartitionAnswer = Answer['responses'][number]['partitions'][number];

/** Most bytes of records in one answer, whatever a client asks for. */
const MAX_REPLY = 16 * 1024 * 1024;
const NO_BYTES = Buffer.alloc(0);

/** What one pass over the partitions came to. */
type Pass = { answer: Answer; bytes: number; hasError: boolean };

/**
 * Reads whole batches from each partition in the order asked, and waits for more while there are fewer than `minBytes`
 * over all of them and nothing is wrong. Sessions (KIP-227) are not kept: session id 0 tells the client so.
 */
export function answerFetch(store: Store): Respond<Ask, Answer> {
  return (request, { connection }) => {
    if (request.sessionId !== 0) return { errorCode: ERRORS.FETCH_SESSION_ID_NOT_FOUND, responses: [] };
    const pass = readAll(store, request);
    if (pass.hasError || pass.bytes >= request.minBytes || request.maxWaitMs <= 0) return pass.answer;
    return wait(store, request, pass, connection);
  };
}

async function wait(store: Store, request: Ask, pass: Pass, connection: ConnectionToken): Promise<Answer | undefined> {
  const logs = request.topics.flatMap(({ topic, partitions }) =>
    partitions.map(({ partition }) => store.topics.log(topic, partition)).filter((log) => log !== undefined),
  );
  const { clock } = store;
  const missing = request.minBytes - pass.bytes;
  await waitForBytes(logs, { missing, maxWaitMs: request.maxWaitMs, clock, connection });
  return connection.closed ? undefined : readAll(store, request).answer;
}

function readAll(store: Store, request: Ask): Pass {
  const room = { left: Math.min(request.maxBytes, MAX_REPLY, store.replyRoom()), isEmpty: true };
  const pass: Pass = { answer: { responses: [] }, bytes: 0, hasError: false };
  for (const { topic, partitions } of request.topics) {
    const answers = partitions.map((wish) => readOne(store.topics.log(topic, wish.partition), wish, room));
    for (const { errorCode, records } of answers) {
      pass.bytes += records?.length ?? 0;
      pass.hasError ||= errorCode !== ERRORS.NONE;
    }
    pass.answer.responses.push({ topic, partitions: answers });
  }
  return pass;
}

/** The first batch of an answer always goes out, however large, or its reader would stand still for ever (KIP-74). */
function readOne(log: PartitionLog | undefined, wish: Wish, room: { left: number; isEmpty: boolean }): PartitionAnswer {
  if (!log) return failed(wish, ERRORS.UNKNOWN_TOPIC_OR_PARTITION);
  const epoch = epochFault(wish.currentLeaderEpoch);
  if (epoch !== ERRORS.NONE) return failed(wish, epoch);
  const limit = Math.max(0, Math.min(wish.partitionMaxBytes, room.left));
  const { error, bytes } = log.read(wish.fetchOffset, limit, room.isEmpty);
  if (error !== ERRORS.NONE) return failed(wish, error);
  room.left -= bytes.length;
  room.isEmpty &&= bytes.length === 0;
  const { startOffset, endOffset } = log;
  return {
    partitionIndex: wish.partition,
    errorCode: ERRORS.NONE,
    highWatermark: endOffset,
    lastStableOffset: endOffset,
    logStartOffset: startOffset,
    records: bytes,
  };
}

function failed(wish: Wish, errorCode: ErrorCode): PartitionAnswer {
  return { partitionIndex: wish.partition, errorCode, highWatermark: -1, records: NO_BYTES };
}
