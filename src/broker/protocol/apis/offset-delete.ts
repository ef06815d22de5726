import { api, int16, int32, list, NEVER, string } from '../schema.ts';

/** Forgets committed offsets of single partitions (KIP-496). */
export const offsetDelete = api({
  key: 47,
  name: 'OffsetDelete',
  versions: [0, 0],
  flexibleFrom: NEVER,
  request: {
    groupId: string(),
    topics: list({ name: string(), partitions: list({ partitionIndex: int32() }) }),
  },
  response: {
    errorCode: int16(),
    throttleTimeMs: int32({ default: 0 }),
    topics: list({ name: string(), partitions: list({ partitionIndex: int32(), errorCode: int16() }) }),
  },
});
