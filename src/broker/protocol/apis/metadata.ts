import { api, bool, int16, int32, list, NEVER, string } from '../schema.ts';

/** Brokers, topics and who leads them; a null list of topics asks for all, in version 0 an empty one does. */
export const metadata = api({
  key: 3,
  name: 'Metadata',
  versions: [0, 8],
  flexibleFrom: NEVER,
  request: {
    topics: list({ name: string() }, { nullable: 1 }),
    allowAutoTopicCreation: bool({ since: 4, default: true }),
    includeClusterAuthorizedOperations: bool({ since: 8 }),
    includeTopicAuthorizedOperations: bool({ since: 8 }),
  },
  response: {
    throttleTimeMs: int32({ since: 3, default: 0 }),
    brokers: list({
      nodeId: int32(),
      host: string(),
      port: int32(),
      rack: string({ since: 1, nullable: 1, default: null }),
    }),
    clusterId: string({ since: 2, nullable: 2, default: null }),
    controllerId: int32({ since: 1 }),
    topics: list({
      errorCode: int16(),
      name: string(),
      isInternal: bool({ since: 1, default: false }),
      partitions: list({
        errorCode: int16(),
        partitionIndex: int32(),
        leaderId: int32(),
        leaderEpoch: int32({ since: 7, default: -1 }),
        replicaNodes: list(int32()),
        isrNodes: list(int32()),
        offlineReplicas: list(int32(), { since: 5, default: [] }),
      }),
      topicAuthorizedOperations: int32({ since: 8, default: -2147483648 }),
    }),
    clusterAuthorizedOperations: int32({ since: 8, default: -2147483648 }),
  },
});
