import { describe, expect, test } from 'vitest';
import { APIS } from '../../src/broker/protocol/apis/table.ts';
import type { RawClient } from '../broker/raw-client.ts';
import { CLUSTERS, freshTopic } from './cluster.ts';

const blank = { numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] };

async function create(client: RawClient, ...wishes: object[]): Promise<number[]> {
  const topics = wishes.map((wish) => ({ name: 'conformance-never', ...blank, ...wish }));
  const answer = await client.ask(APIS.createTopics, 4, { topics, timeoutMs: 5000, validateOnly: true });
  return answer.topics.map(({ errorCode }) => errorCode);
}

describe.each(CLUSTERS)('$name: administering', ({ connect }) => {
  test('topics that cannot be are refused by their reason', async () => {
    const client = await connect();
    const name = await freshTopic(client);
    expect(await create(client, { name })).toEqual([36]);
    expect(await create(client, {}, {})).toEqual([42]);
    expect(await create(client, { name: 'no spaces' })).toEqual([17]);
    expect(await create(client, { numPartitions: 0 })).toEqual([37]);
    expect(await create(client, { replicationFactor: 30 })).toEqual([38]);
    expect(await create(client, { configs: [{ name: 'colour', value: 'red' }] })).toEqual([40]);
    expect(await create(client, { configs: [{ name: 'retention.ms', value: 'soon' }] })).toEqual([40]);
    expect(await create(client, {})).toEqual([0]);
  });

  test('partitions only grow', async () => {
    const client = await connect();
    const name = await freshTopic(client, 2);
    const grow = async (count: number, assignments: { brokerIds: number[] }[] | null = null) => {
      const topics = [{ name, count, assignments }];
      return (await client.ask(APIS.createPartitions, 1, { topics, timeoutMs: 5000 })).results[0]?.errorCode;
    };
    expect([await grow(2), await grow(1), await grow(3, []), await grow(3)]).toEqual([37, 37, 39, 0]);
  });

  test('what is not there cannot be deleted or described', async () => {
    const client = await connect();
    const name = await freshTopic(client);
    const { responses } = await client.ask(APIS.deleteTopics, 3, {
      topicNames: [name, `${name}-none`],
      timeoutMs: 5000,
    });
    expect(new Map(responses.map((row) => [row.name, row.errorCode]))).toEqual(
      new Map([
        [name, 0],
        [`${name}-none`, 3],
      ]),
    );
    const resources = [{ resourceType: 2, resourceName: `${name}-none`, configurationKeys: null }];
    expect((await client.ask(APIS.describeConfigs, 2, { resources })).results).toMatchObject([{ errorCode: 3 }]);
    const topics = [{ name: `${name}-none` }];
    const described = await client.ask(APIS.metadata, 7, { topics, allowAutoTopicCreation: false });
    expect(described.topics).toMatchObject([{ errorCode: 3 }]);
  });

  test('configs are changed one by one', async () => {
    const client = await connect();
    const name = await freshTopic(client);
    const configs = [{ name: 'retention.ms', configOperation: 0, value: '86400000' }];
    const alter = { resources: [{ resourceType: 2, resourceName: name, configs }] };
    expect((await client.ask(APIS.incrementalAlterConfigs, 0, alter)).responses).toMatchObject([{ errorCode: 0 }]);
    const resources = [{ resourceType: 2, resourceName: name, configurationKeys: ['retention.ms'] }];
    const value = async () => (await client.ask(APIS.describeConfigs, 2, { resources })).results[0]?.configs[0];
    await expect.poll(value).toMatchObject({ value: '86400000', configSource: 1, readOnly: false });
  });

  test('a topic is described with one leader, itself in sync', async () => {
    const client = await connect();
    const name = await freshTopic(client, 2);
    const { brokers, topics, controllerId } = await client.ask(APIS.metadata, 7, { topics: [{ name }] });
    const nodes = brokers.map(({ nodeId }) => nodeId);
    expect(nodes).toContain(controllerId);
    const inOrder = topics[0]?.partitions.sort((a, b) => a.partitionIndex - b.partitionIndex) ?? [];
    expect(
      inOrder.map(({ partitionIndex, leaderId, isrNodes }) => [partitionIndex, isrNodes.includes(leaderId)]),
    ).toEqual([
      [0, true],
      [1, true],
    ]);
  });
});
