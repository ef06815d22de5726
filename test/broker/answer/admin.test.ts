import { describe, expect, test } from 'vitest';
import { APIS } from '../../../src/broker/protocol/apis/table.ts';
import { batchOf } from '../batch-of.ts';
import { rawClient } from '../raw-client.ts';
import { createTopic, fetchFrom, produceTo, startBroker, withTopic } from '../start-broker.ts';

const wish = { name: 'x', numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] };

describe('creating topics', () => {
  test.each([
    ['a name twice', 42, [wish, wish]],
    ['a topic that is there', 36, [{ ...wish, name: 't' }]],
    ['a bad name', 17, [{ ...wish, name: 'no spaces' }]],
    ['no partitions', 37, [{ ...wish, numPartitions: 0 }]],
    ['three replicas', 38, [{ ...wish, replicationFactor: 3 }]],
    ['an unknown config', 40, [{ ...wish, configs: [{ name: 'colour', value: 'red' }] }]],
    ['compaction', 40, [{ ...wish, configs: [{ name: 'cleanup.policy', value: 'compact' }] }]],
    [
      'an assignment to another broker',
      39,
      [{ ...wish, numPartitions: -1, replicationFactor: -1, assignments: [{ partitionIndex: 0, brokerIds: [2] }] }],
    ],
  ])('is refused for %s with error %i', async (_, code, topics) => {
    const { client } = await withTopic();
    const answer = await client.ask(APIS.createTopics, 4, { topics, timeoutMs: 1000 });
    expect(answer.topics).toMatchObject([{ errorCode: code }]);
    expect(answer.topics[0]?.errorMessage).not.toBeNull();
  });

  test('with -1 takes the default, and with validateOnly creates nothing', async () => {
    const { client } = await withTopic();
    const topics = [{ ...wish, numPartitions: -1, replicationFactor: -1 }];
    const names = async () => (await client.ask(APIS.metadata, 1, { topics: null })).topics.map(({ name }) => name);
    await client.ask(APIS.createTopics, 4, { topics, timeoutMs: 1000, validateOnly: true });
    expect(await names()).toEqual(['t']);
    await client.ask(APIS.createTopics, 4, { topics, timeoutMs: 1000 });
    const { topics: described } = await client.ask(APIS.metadata, 7, { topics: [{ name: 'x' }] });
    expect(described[0]?.partitions).toHaveLength(3);
  });
});

describe('metadata', () => {
  test('names the one broker as controller and leader of all', async () => {
    const { client, port } = await withTopic(2);
    const { brokers, controllerId, clusterId, topics } = await client.ask(APIS.metadata, 8, { topics: null });
    expect(brokers).toEqual([{ nodeId: 1, host: '127.0.0.1', port, rack: null }]);
    expect(controllerId).toBe(1);
    expect(clusterId).toMatch(/^embedded-single-node-/);
    expect(topics[0]?.partitions.map(({ leaderId, isrNodes }) => [leaderId, isrNodes])).toEqual([
      [1, [1]],
      [1, [1]],
    ]);
  });

  test('creates nothing unless it is told to, and then says at first that there is none', async () => {
    const strict = await withTopic();
    const asked = { topics: [{ name: 'new' }], allowAutoTopicCreation: true };
    expect((await strict.client.ask(APIS.metadata, 7, asked)).topics).toMatchObject([{ errorCode: 3 }]);
    expect((await strict.client.ask(APIS.metadata, 7, asked)).topics).toMatchObject([{ errorCode: 3 }]);
    const kind = await startBroker({ autoCreateTopics: true });
    const client = await rawClient(kind.port);
    expect((await client.ask(APIS.metadata, 7, asked)).topics).toMatchObject([{ errorCode: 3 }]);
    expect((await client.ask(APIS.metadata, 7, asked)).topics).toMatchObject([{ errorCode: 0 }]);
  });
});

describe('partitions', () => {
  test('are added, and both old and new ones are there after a restart', async () => {
    const { client, dataDir, close } = await withTopic(1);
    await produceTo(client, batchOf());
    const topics = [{ name: 't', count: 3, assignments: null }];
    expect((await client.ask(APIS.createPartitions, 1, { topics })).results).toMatchObject([{ errorCode: 0 }]);
    expect(await produceTo(client, batchOf(), { index: 2 })).toMatchObject({ errorCode: 0 });
    await close();
    const again = await rawClient((await startBroker({ dataDir })).port);
    expect(await fetchFrom(again, [0, 0, 0])).toMatchObject([1, 0, 1].map((highWatermark) => ({ highWatermark })));
  });

  test.each([
    [1, 37, null],
    [2, 39, []],
  ])('count %i is refused with error %i', async (count, code, assignments) => {
    const { client } = await withTopic(1);
    const topics = [{ name: 't', count, assignments }];
    expect((await client.ask(APIS.createPartitions, 1, { topics })).results).toMatchObject([{ errorCode: code }]);
  });
});

describe('deleting', () => {
  test('a topic takes its records with it: one of the same name begins empty', async () => {
    const { client } = await withTopic();
    await produceTo(client, batchOf());
    const { responses } = await client.ask(APIS.deleteTopics, 3, { topicNames: ['t', 'none'] });
    expect(responses.map(({ errorCode }) => errorCode)).toEqual([0, 3]);
    expect(await produceTo(client, batchOf())).toMatchObject({ errorCode: 3 });
    await createTopic(client, 't', 1);
    expect(await fetchFrom(client, [0])).toMatchObject([{ highWatermark: 0 }]);
  });

  test('records moves the log start for good', async () => {
    const { client, dataDir, close } = await withTopic();
    await produceTo(client, batchOf({ values: ['a', 'b', 'c'] }));
    const deleteTo = async (offset: number) => {
      const topics = [{ name: 't', partitions: [{ partitionIndex: 0, offset }] }];
      return (await client.ask(APIS.deleteRecords, 1, { topics })).topics[0]?.partitions[0];
    };
    expect(await deleteTo(4)).toMatchObject({ errorCode: 1 });
    expect(await deleteTo(2)).toMatchObject({ errorCode: 0, lowWatermark: 2 });
    expect(await fetchFrom(client, [1])).toMatchObject([{ errorCode: 1 }]);
    await close();
    const again = await rawClient((await startBroker({ dataDir })).port);
    expect(await fetchFrom(again, [2])).toMatchObject([{ errorCode: 0, logStartOffset: 2 }]);
  });

  test('all records leaves an empty partition whose offsets go on', async () => {
    const { client } = await withTopic();
    await produceTo(client, batchOf({ values: ['a', 'b', 'c'] }));
    const topics = [{ name: 't', partitions: [{ partitionIndex: 0, offset: -1 }] }];
    await client.ask(APIS.deleteRecords, 1, { topics });
    expect(await produceTo(client, batchOf())).toMatchObject({ baseOffset: 3, logStartOffset: 3 });
  });
});

describe('configs', () => {
  const describeOf = async (client: Awaited<ReturnType<typeof rawClient>>, key: string) => {
    const resources = [{ resourceType: 2, resourceName: 't', configurationKeys: [key] }];
    const { results } = await client.ask(APIS.describeConfigs, 2, { resources });
    return results[0]?.configs[0];
  };

  test('are set one by one, replaced as a whole, and kept', async () => {
    const { client, dataDir, close } = await withTopic();
    const resource = { resourceType: 2, resourceName: 't' };
    const set = [{ name: 'retention.ms', configOperation: 0, value: '5000' }];
    await client.ask(APIS.incrementalAlterConfigs, 0, { resources: [{ ...resource, configs: set }] });
    expect(await describeOf(client, 'retention.ms')).toMatchObject({ value: '5000', configSource: 1 });
    await close();
    const again = await rawClient((await startBroker({ dataDir })).port);
    expect(await describeOf(again, 'retention.ms')).toMatchObject({ value: '5000' });
    const other = [{ name: 'retention.bytes', value: '7' }];
    await again.ask(APIS.alterConfigs, 1, { resources: [{ ...resource, configs: other }] });
    expect(await describeOf(again, 'retention.ms')).toMatchObject({ value: '604800000', configSource: 5 });
  });

  test('that mean nothing here are refused with a sentence', async () => {
    const { client } = await withTopic();
    const refused = async (name: string, value: string, resourceType = 2) => {
      const resources = [{ resourceType, resourceName: 't', configs: [{ name, value }] }];
      return (await client.ask(APIS.alterConfigs, 1, { resources })).responses[0];
    };
    expect(await refused('cleanup.policy', 'compact')).toMatchObject({ errorCode: 40 });
    expect(await refused('retention.ms', 'soon')).toMatchObject({ errorCode: 40 });
    expect(await refused('retention.ms', '1', 4)).toMatchObject({ errorCode: 42 });
  });

  test('of the broker are described by its id', async () => {
    const { client } = await withTopic();
    const resources = [{ resourceType: 4, resourceName: '1', configurationKeys: null }];
    const { results } = await client.ask(APIS.describeConfigs, 1, { resources });
    expect(results[0]?.configs).toContainEqual(
      expect.objectContaining({ name: 'broker.id', value: '1', readOnly: true }),
    );
  });
});

test('offsets are listed by place and by time', async () => {
  const { client } = await withTopic();
  await produceTo(client, batchOf({ values: ['a', 'b', 'c'], timestamps: [10, 30, 20] }));
  const at = async (timestamp: number) => {
    const partitions = [{ partitionIndex: 0, currentLeaderEpoch: -1, timestamp }];
    const { topics } = await client.ask(APIS.listOffsets, 4, { replicaId: -1, topics: [{ name: 't', partitions }] });
    const { errorCode, offset, timestamp: time } = topics[0]?.partitions[0] ?? {};
    return [errorCode, offset, time];
  };
  expect(await at(-1)).toEqual([0, 3, -1]);
  expect(await at(-2)).toEqual([0, 0, -1]);
  expect(await at(15)).toEqual([0, 1, 30]);
  expect(await at(31)).toEqual([0, -1, -1]);
  expect((await at(-7))[0]).toBe(35);
});
