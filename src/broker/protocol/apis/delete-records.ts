import { api, int16, int32, int64, list, NEVER, string } from '../schema.ts';

/** Moves the log start offset; -1 stands for the high watermark (KIP-107). */
export const deleteRecords = api({
  key: 21,
  name: 'DeleteRecords',
  versions: [0, 1],
  flexibleFrom: NEVER,
  request: {
    topics: list({ name: string(), partitions: list({ partitionIndex: int32(), offset: int64() }) }),
    timeoutMs: int32(),
  },
  response: {
    throttleTimeMs: int32({ default: 0 }),
    topics: list({
      name: string(),
      partitions: list({ partitionIndex: int32(), lowWatermark: int64(), errorCode: int16() }),
    }),
  },
});
