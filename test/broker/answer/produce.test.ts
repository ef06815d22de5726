import { expect, test } from 'vitest';
import { APIS } from '../../../src/broker/protocol/apis/table.ts';
import { batchOf } from '../batch-of.ts';
import { rawClient } from '../raw-client.ts';
import { fetchFrom, produceTo, startBroker, withTopic } from '../start-broker.ts';

test.each([
  ['no bytes', null],
  ['nothing', Buffer.alloc(0)],
])('%s is no batch', async (_, records) => {
  const { client } = await withTopic();
  expect(await produceTo(client, records)).toMatchObject({ errorCode: 87 });
});

test('a batch that comes again is answered with its old offset and stored once', async () => {
  const { client } = await withTopic();
  const { producerId, producerEpoch } = await client.ask(APIS.initProducerId, 1, { transactionalId: null });
  const batch = (sequence: number) => batchOf({ values: ['a', 'b'], producerId, producerEpoch, sequence });
  await produceTo(client, batch(0));
  expect(await produceTo(client, batch(2))).toMatchObject({ errorCode: 0, baseOffset: 2 });
  expect(await produceTo(client, batch(0))).toMatchObject({ errorCode: 0, baseOffset: 0 });
  expect(await produceTo(client, batch(6))).toMatchObject({ errorCode: 45, baseOffset: -1 });
  expect((await fetchFrom(client, [0]))[0]).toMatchObject({ highWatermark: 4 });
});

test('producer ids are never given out twice, over restarts too', async () => {
  const first = await withTopic();
  const ids = [(await first.client.ask(APIS.initProducerId, 1, { transactionalId: null })).producerId];
  await first.close();
  const client = await rawClient((await startBroker({ dataDir: first.dataDir })).port);
  ids.push((await client.ask(APIS.initProducerId, 0, { transactionalId: null })).producerId);
  ids.push((await client.ask(APIS.initProducerId, 1, { transactionalId: null })).producerId);
  expect(new Set(ids).size).toBe(3);
});

test('with acks 0 there is no answer, and a failure hangs up', async () => {
  const { client } = await withTopic();
  const request = (name: string) => ({
    transactionalId: null,
    acks: 0,
    timeoutMs: 0,
    topicData: [{ name, partitionData: [{ index: 0, records: batchOf() }] }],
  });
  client.send(APIS.produce, 7, request('t'));
  expect((await fetchFrom(client, [0]))[0]).toMatchObject({ highWatermark: 1 });
  client.send(APIS.produce, 7, request('none'));
  await client.hungUp;
});
