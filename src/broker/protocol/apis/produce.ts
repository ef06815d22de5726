import { api, bytes, int16, int32, int64, list, NEVER, string } from '../schema.ts';

/** Appends record batches. Below version 3 nothing is served, but librdkafka compresses only where 0 is advertised (KAFKA-18659). */
export const produce = api({
  key: 0,
  name: 'Produce',
  versions: [3, 8],
  advertisedFrom: 0,
  flexibleFrom: NEVER,
  request: {
    transactionalId: string({ since: 3, nullable: 3 }),
    acks: int16(),
    timeoutMs: int32(),
    topicData: list({
      name: string(),
      partitionData: list({ index: int32(), records: bytes({ nullable: 0 }) }),
    }),
  },
  response: {
    responses: list({
      name: string(),
      partitionResponses: list({
        index: int32(),
        errorCode: int16(),
        baseOffset: int64(),
        logAppendTimeMs: int64({ since: 2, default: -1 }),
        logStartOffset: int64({ since: 5, default: -1 }),
        recordErrors: list(
          { batchIndex: int32(), batchIndexErrorMessage: string({ nullable: 0, default: null }) },
          { since: 8, default: [] },
        ),
        errorMessage: string({ since: 8, nullable: 8, default: null }),
      }),
    }),
    throttleTimeMs: int32({ since: 1, default: 0 }),
  },
});
