import { api, int8, int16, int32, int64, list, NEVER, string } from '../schema.ts';

/** Finds offsets by time; -1 asks for the high watermark, -2 for the log start. */
export const listOffsets = api({
  key: 2,
  name: 'ListOffsets',
  versions: [1, 5],
  flexibleFrom: NEVER,
  request: {
    replicaId: int32(),
    isolationLevel: int8({ since: 2 }),
    topics: list({
      name: string(),
      partitions: list({
        partitionIndex: int32(),
        currentLeaderEpoch: int32({ since: 4, default: -1 }),
        timestamp: int64(),
      }),
    }),
  },
  response: {
    throttleTimeMs: int32({ since: 2, default: 0 }),
    topics: list({
      name: string(),
      partitions: list({
        partitionIndex: int32(),
        errorCode: int16(),
        timestamp: int64({ default: -1 }),
        offset: int64({ default: -1 }),
        leaderEpoch: int32({ since: 4, default: -1 }),
      }),
    }),
  },
});
