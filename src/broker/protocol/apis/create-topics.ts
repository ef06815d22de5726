import { api, bool, int16, int32, list, NEVER, string } from '../schema.ts';

/** Creates topics; -1 partitions or replicas (version 4 on) ask for the broker's default (KIP-464). */
export const createTopics = api({
  key: 19,
  name: 'CreateTopics',
  versions: [2, 4],
  flexibleFrom: NEVER,
  request: {
    topics: list({
      name: string(),
      numPartitions: int32(),
      replicationFactor: int16(),
      assignments: list({ partitionIndex: int32(), brokerIds: list(int32()) }),
      configs: list({ name: string(), value: string({ nullable: 0 }) }),
    }),
    timeoutMs: int32(),
    validateOnly: bool({ since: 1 }),
  },
  response: {
    throttleTimeMs: int32({ since: 2, default: 0 }),
    topics: list({
      name: string(),
      errorCode: int16(),
      errorMessage: string({ since: 1, nullable: 0, default: null }),
    }),
  },
});
