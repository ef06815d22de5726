import { api, int16, int32, int64, list, NEVER, string } from '../schema.ts';

/** Remembers how far a group has read, with a word of metadata. */
export const offsetCommit = api({
  key: 8,
  name: 'OffsetCommit',
  versions: [2, 7],
  flexibleFrom: NEVER,
  request: {
    groupId: string(),
    generationId: int32({ since: 1, default: -1 }),
    memberId: string({ since: 1 }),
    groupInstanceId: string({ since: 7, nullable: 7, default: null }),
    retentionTimeMs: int64({ since: 2, until: 4, default: -1 }),
    topics: list({
      name: string(),
      partitions: list({
        partitionIndex: int32(),
        committedOffset: int64(),
        committedLeaderEpoch: int32({ since: 6, default: -1 }),
        committedMetadata: string({ nullable: 0 }),
      }),
    }),
  },
  response: {
    throttleTimeMs: int32({ since: 3, default: 0 }),
    topics: list({ name: string(), partitions: list({ partitionIndex: int32(), errorCode: int16() }) }),
  },
});
