import { api, bool, int16, int32, list, NEVER, string } from '../schema.ts';

/** Raises the number of partitions of a topic (KIP-195). */
export const createPartitions = api({
  key: 37,
  name: 'CreatePartitions',
  versions: [0, 1],
  flexibleFrom: NEVER,
  request: {
    topics: list({
      name: string(),
      count: int32(),
      assignments: list({ brokerIds: list(int32()) }, { nullable: 0 }),
    }),
    timeoutMs: int32(),
    validateOnly: bool(),
  },
  response: {
    throttleTimeMs: int32({ default: 0 }),
    results: list({
      name: string(),
      errorCode: int16(),
      errorMessage: string({ nullable: 0, default: null }),
    }),
  },
});
