import { api, int16, int32, int64, list, NEVER, string } from '../schema.ts';

/** What a group has committed; from version 2 a null list of topics asks for everything. */
export const offsetFetch = api({
  key: 9,
  name: 'OffsetFetch',
  versions: [1, 5],
  flexibleFrom: NEVER,
  request: {
    groupId: string(),
    topics: list({ name: string(), partitionIndexes: list(int32()) }, { nullable: 2 }),
  },
  response: {
    throttleTimeMs: int32({ since: 3, default: 0 }),
    topics: list({
      name: string(),
      partitions: list({
        partitionIndex: int32(),
        committedOffset: int64(),
        committedLeaderEpoch: int32({ since: 5, default: -1 }),
        metadata: string({ nullable: 0 }),
        errorCode: int16(),
      }),
    }),
    errorCode: int16({ since: 2, default: 0 }),
  },
});
