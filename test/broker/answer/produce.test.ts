import { describe, expect, test } from 'vitest';
import { APIS } from '../../../src/broker/protocol/apis/table.ts';
import { type BatchWish, batchOf } from '../batch-of.ts';
import { rawClient } from '../raw-client.ts';
import { createTopic, fetchFrom, produceTo, startBroker, withTopic } from '../start-broker.ts';

const DAY = 86_400_000;

/** What Apache Kafka 4.3.0 answered to the same. */
const REFUSED: [string, number, BatchWish][] = [
  ['a wrong checksum', 2, { crcLie: true }],
  ['an unknown format', 2, { magic: 3 }],
  ['a length that is too small', 2, { lengthLie: -40 }],
  ['a length that is zero', 2, { lengthLie: -(batchOf().length - 12) }],
  ['a negative length', 2, { lengthLie: -1000 }],
  ['an old format', 87, { magic: 1 }],
  ['a length that is too large', 87, { lengthLie: 1000 }],
  ['a count of records that lies', 87, { count: 2 }],
  ['a count and a last offset that lie together', 87, { count: 3, lastOffsetDelta: 2 }],
  ['no records', 87, { values: [], count: 0, lastOffsetDelta: -1 }],
  ['a base offset', 87, { baseOffset: 5 }],
  ['a control batch', 87, { attributes: 0x20 }],
  ['an unknown compression', -1, { attributes: 7 }],
  ['rubbish for gzip', -1, { attributes: 1 }],
  ['a time two days ahead', 32, { timestamps: [Date.now() + 2 * DAY] }],
  [
    'a transactional batch without a transactional id',
    53,
    { attributes: 0x10, producerId: 1, producerEpoch: 0, sequence: 0 },
  ],
];

describe('a batch is refused', () => {
  test.each(REFUSED)('for %s with error %i', async (_, code, wish) => {
    const { client } = await withTopic();
    expect(await produceTo(client, batchOf(wish))).toMatchObject({ errorCode: code, baseOffset: -1 });
    expect((await fetchFrom(client, [0]))[0]).toMatchObject({ highWatermark: 0 });
  });

  test('for another one behind it', async () => {
    const { client } = await withTopic();
    const two = Buffer.concat([batchOf(), batchOf()]);
    expect(await produceTo(client, two)).toMatchObject({ errorCode: 87 });
  });

  test('for being larger than the topic takes', async () => {
    const { client } = await withTopic();
    await createTopic(client, 'small', 1, { 'max.message.bytes': '1000' });
    const records = batchOf({ values: ['x'.repeat(1000)] });
    expect(await produceTo(client, records, { name: 'small' })).toMatchObject({ errorCode: 10 });
  });

  test.each([
    ['no bytes', null],
    ['nothing', Buffer.alloc(0)],
  ])('for being %s', async (_, records) => {
    const { client } = await withTopic();
    expect(await produceTo(client, records)).toMatchObject({ errorCode: 87 });
  });

  test('for a topic or partition that does not exist, and for acks that mean nothing', async () => {
    const { client } = await withTopic();
    expect(await produceTo(client, batchOf(), { index: 1 })).toMatchObject({ errorCode: 3 });
    expect(await produceTo(client, batchOf(), { name: 'none' })).toMatchObject({ errorCode: 3 });
    expect(await produceTo(client, batchOf(), { acks: 2 })).toMatchObject({ errorCode: 21 });
  });
});

describe('a batch is taken', () => {
  test.each<[string, BatchWish]>([
    ['with a gzip payload', { values: ['a', 'b'], gzip: true }],
    ['with unused attribute bits', { attributes: 0x4000 }],
    ['with the flag for append time', { attributes: 0x08 }],
    ['with a negative timestamp', { timestamps: [-2] }],
    ['from an unknown producer at any sequence', { producerId: 99, producerEpoch: 3, sequence: 1234 }],
  ])('%s', async (_, wish) => {
    const { client } = await withTopic();
    expect(await produceTo(client, batchOf(wish))).toMatchObject({ errorCode: 0, baseOffset: 0 });
  });
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
