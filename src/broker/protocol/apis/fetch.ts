import { api, bytes, int8, int16, int32, int64, list, NEVER, string } from '../schema.ts';

/** Reads record batches, waiting for new ones (KIP-74 for the limits; KIP-227 sessions are refused by session id 0). */
export const fetch = api({
  key: 1,
  name: 'Fetch',
  versions: [4, 11],
  flexibleFrom: NEVER,
  request: {
    replicaId: int32(),
    maxWaitMs: int32(),
    minBytes: int32(),
    maxBytes: int32({ since: 3, default: 0x7fffffff }),
    isolationLevel: int8({ since: 4 }),
    sessionId: int32({ since: 7, default: 0 }),
    sessionEpoch: int32({ since: 7, default: -1 }),
    topics: list({
      topic: string(),
      partitions: list({
        partition: int32(),
        currentLeaderEpoch: int32({ since: 9, default: -1 }),
        fetchOffset: int64(),
        logStartOffset: int64({ since: 5, default: -1 }),
        partitionMaxBytes: int32(),
      }),
    }),
    forgottenTopicsData: list({ topic: string(), partitions: list(int32()) }, { since: 7 }),
    rackId: string({ since: 11 }),
  },
  response: {
    throttleTimeMs: int32({ since: 1, default: 0 }),
    errorCode: int16({ since: 7, default: 0 }),
    sessionId: int32({ since: 7, default: 0 }),
    responses: list({
      topic: string(),
      partitions: list({
        partitionIndex: int32(),
        errorCode: int16(),
        highWatermark: int64(),
        lastStableOffset: int64({ since: 4, default: -1 }),
        logStartOffset: int64({ since: 5, default: -1 }),
        abortedTransactions: list(
          { producerId: int64(), firstOffset: int64() },
          { since: 4, nullable: 4, default: null },
        ),
        preferredReadReplica: int32({ since: 11, default: -1 }),
        records: bytes({ nullable: 0 }),
      }),
    }),
  },
});
