import { APIS } from '../../../src/broker/protocol/apis/table.ts';
import type { Api } from '../../../src/broker/protocol/schema.ts';

const metadata = Buffer.from('which topics');

/** One request of each API as kafkajs is asked for it (folder of kafkajs, its fields), and a part of what must be decoded. */
export const REQUESTS: { api: Api; folder: string; fields: unknown; part: Record<string, unknown> }[] = [
  { api: APIS.apiVersions, folder: 'apiVersions', fields: {}, part: {} },
  {
    api: APIS.produce,
    folder: 'produce',
    fields: {
      acks: -1,
      timeout: 30_000,
      topicData: [
        {
          topic: 'orders',
          partitions: [{ partition: 2, firstSequence: 0, messages: [{ key: 'k', value: 'v', timestamp: 7 }] }],
        },
      ],
    },
    part: { acks: -1, timeoutMs: 30_000, transactionalId: null },
  },
  {
    api: APIS.fetch,
    folder: 'fetch',
    fields: {
      replicaId: -1,
      maxWaitTime: 500,
      minBytes: 1,
      maxBytes: 1024,
      isolationLevel: 1,
      topics: [{ topic: 'orders', partitions: [{ partition: 1, fetchOffset: '12345678901', maxBytes: 512 }] }],
      rackId: 'r',
    },
    part: { replicaId: -1, maxWaitMs: 500, minBytes: 1, isolationLevel: 1 },
  },
  {
    api: APIS.listOffsets,
    folder: 'listOffsets',
    fields: {
      replicaId: -1,
      isolationLevel: 1,
      topics: [{ topic: 't', partitions: [{ partition: 3, timestamp: '-1' }] }],
    },
    part: { replicaId: -1 },
  },
  {
    api: APIS.metadata,
    folder: 'metadata',
    fields: { topics: ['a', 'b'] },
    part: { topics: [{ name: 'a' }, { name: 'b' }] },
  },
  {
    api: APIS.createTopics,
    folder: 'createTopics',
    fields: {
      topics: [
        {
          topic: 't',
          numPartitions: 3,
          replicationFactor: 1,
          replicaAssignment: [{ partition: 0, replicas: [1] }],
          configEntries: [{ name: 'retention.ms', value: '1' }],
        },
      ],
      timeout: 5000,
    },
    part: { timeoutMs: 5000, validateOnly: false },
  },
  {
    api: APIS.deleteTopics,
    folder: 'deleteTopics',
    fields: { topics: ['t'], timeout: 9 },
    part: { topicNames: ['t'], timeoutMs: 9 },
  },
  {
    api: APIS.deleteRecords,
    folder: 'deleteRecords',
    fields: { topics: [{ topic: 't', partitions: [{ partition: 0, offset: '77' }] }] },
    part: { topics: [{ name: 't', partitions: [{ partitionIndex: 0, offset: 77 }] }] },
  },
  {
    api: APIS.initProducerId,
    folder: 'initProducerId',
    fields: { transactionalId: null, transactionTimeout: 60_000 },
    part: { transactionalId: null, transactionTimeoutMs: 60_000 },
  },
  {
    api: APIS.describeConfigs,
    folder: 'describeConfigs',
    fields: { resources: [{ type: 2, name: 't', configNames: ['retention.ms'] }], includeSynonyms: true },
    part: { resources: [{ resourceType: 2, resourceName: 't', configurationKeys: ['retention.ms'] }] },
  },
  {
    api: APIS.alterConfigs,
    folder: 'alterConfigs',
    fields: { resources: [{ type: 2, name: 't', configEntries: [{ name: 'retention.ms', value: '5' }] }] },
    part: { validateOnly: false },
  },
  {
    api: APIS.createPartitions,
    folder: 'createPartitions',
    fields: { topicPartitions: [{ topic: 't', count: 6, assignments: [[1], [1]] }] },
    part: { topics: [{ name: 't', count: 6, assignments: [{ brokerIds: [1] }, { brokerIds: [1] }] }] },
  },
  {
    api: APIS.findCoordinator,
    folder: 'findCoordinator',
    fields: { groupId: 'g', coordinatorKey: 'g', coordinatorType: 0 },
    part: { key: 'g', keyType: 0 },
  },
  {
    api: APIS.joinGroup,
    folder: 'joinGroup',
    fields: {
      groupId: 'g',
      sessionTimeout: 30_000,
      rebalanceTimeout: 60_000,
      memberId: 'm',
      protocolType: 'consumer',
      groupProtocols: [{ name: 'RoundRobin', metadata }],
    },
    part: { sessionTimeoutMs: 30_000, protocols: [{ name: 'RoundRobin', metadata }] },
  },
  {
    api: APIS.syncGroup,
    folder: 'syncGroup',
    fields: {
      groupId: 'g',
      generationId: 4,
      memberId: 'm',
      groupAssignment: [{ memberId: 'm', memberAssignment: metadata }],
    },
    part: { generationId: 4, assignments: [{ memberId: 'm', assignment: metadata }] },
  },
  {
    api: APIS.heartbeat,
    folder: 'heartbeat',
    fields: { groupId: 'g', groupGenerationId: 4, memberId: 'm', groupInstanceId: null },
    part: { groupId: 'g', generationId: 4, memberId: 'm' },
  },
  {
    api: APIS.leaveGroup,
    folder: 'leaveGroup',
    fields: { groupId: 'g', memberId: 'm', members: [{ memberId: 'm' }] },
    part: { groupId: 'g' },
  },
  {
    api: APIS.offsetCommit,
    folder: 'offsetCommit',
    fields: {
      groupId: 'g',
      groupGenerationId: 4,
      memberId: 'm',
      retentionTime: -1,
      topics: [{ topic: 't', partitions: [{ partition: 0, offset: '9007199254740991', metadata: 'W=4' }] }],
    },
    part: { groupId: 'g', generationId: 4 },
  },
  {
    api: APIS.offsetFetch,
    folder: 'offsetFetch',
    fields: { groupId: 'g', topics: [{ topic: 't', partitions: [{ partition: 0 }, { partition: 5 }] }] },
    part: { groupId: 'g', topics: [{ name: 't', partitionIndexes: [0, 5] }] },
  },
  { api: APIS.describeGroups, folder: 'describeGroups', fields: { groupIds: ['g'] }, part: { groups: ['g'] } },
  { api: APIS.listGroups, folder: 'listGroups', fields: {}, part: {} },
  { api: APIS.deleteGroups, folder: 'deleteGroups', fields: ['g', 'h'], part: { groupsNames: ['g', 'h'] } },
];
