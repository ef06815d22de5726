import { describe, expect, test } from 'vitest';
import { APIS } from '../../src/broker/protocol/apis/table.ts';
import { type BatchWish, batchOf } from '../broker/batch-of.ts';
import { produceTo } from '../broker/start-broker.ts';
import { CLUSTERS, freshTopic, latest } from './cluster.ts';

const DAY = 86_400_000;
const now = Date.now();

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
  ['a time two days ahead', 32, { timestamps: [now + 2 * DAY] }],
  [
    'transactional records without a transactional id',
    53,
    { attributes: 0x10, producerId: 1, producerEpoch: 0, sequence: 0 },
  ],
];

const TAKEN: [string, BatchWish][] = [
  ['with a gzip payload', { values: ['a', 'b'], gzip: true }],
  ['with unused attribute bits', { attributes: 0x4000 }],
  ['with the flag for append time', { attributes: 0x08 }],
  ['from an unknown producer at any sequence', { producerId: 1_000_000, producerEpoch: 3, sequence: 1234 }],
];

describe.each(CLUSTERS)('$name: producing', ({ connect }) => {
  test.each(REFUSED)('a batch is refused for %s with error %i', async (_, code, wish) => {
    const client = await connect();
    const name = await freshTopic(client);
    const answer = await produceTo(client, batchOf({ timestamps: [now], ...wish }), { name });
    expect(answer).toMatchObject({ errorCode: code, baseOffset: -1 });
    expect(await latest(client, name)).toMatchObject({ offset: 0 });
  });

  test.each(TAKEN)('a batch is taken %s', async (_, wish) => {
    const client = await connect();
    const name = await freshTopic(client);
    const answer = await produceTo(client, batchOf({ timestamps: [now], ...wish }), { name });
    expect(answer).toMatchObject({ errorCode: 0, baseOffset: 0 });
  });

  test('two batches for one partition are refused, and so is a batch larger than the topic takes', async () => {
    const client = await connect();
    const name = await freshTopic(client, 1, { 'max.message.bytes': '1000' });
    expect(await produceTo(client, Buffer.concat([batchOf(), batchOf()]), { name })).toMatchObject({ errorCode: 87 });
    const large = batchOf({ values: ['x'.repeat(1000)], timestamps: [now] });
    expect(await produceTo(client, large, { name })).toMatchObject({ errorCode: 10 });
  });

  test('an unknown topic or partition has error 3, acks that mean nothing have 21', async () => {
    const client = await connect();
    const name = await freshTopic(client);
    expect(await produceTo(client, batchOf(), { name, index: 1 })).toMatchObject({ errorCode: 3 });
    expect(await produceTo(client, batchOf(), { name: `${name}-none` })).toMatchObject({ errorCode: 3 });
    expect(await produceTo(client, batchOf(), { name, acks: 2 })).toMatchObject({ errorCode: 21 });
  });

  test('the last five batches of a producer are known again, older ones and gaps are out of order', async () => {
    const client = await connect();
    const name = await freshTopic(client);
    // A young cluster says 15 until it has producer ids to give out.
    let identity = { errorCode: -1, producerId: -1, producerEpoch: -1 };
    const ask = async () => {
      identity = await client.ask(APIS.initProducerId, 1, { transactionalId: null });
      return identity.errorCode;
    };
    await expect.poll(ask, { timeout: 20_000 }).toBe(0);
    const { producerId, producerEpoch } = identity;
    const send = (sequence: number, epoch = producerEpoch) =>
      produceTo(client, batchOf({ timestamps: [now], producerId, producerEpoch: epoch, sequence }), { name });
    for (let sequence = 0; sequence < 7; sequence++) await send(sequence);
    expect(await send(2)).toMatchObject({ errorCode: 0, baseOffset: 2 });
    expect(await send(1)).toMatchObject({ errorCode: 45 });
    expect(await send(8)).toMatchObject({ errorCode: 45 });
    expect(await send(0, producerEpoch + 1)).toMatchObject({ errorCode: 0, baseOffset: 7 });
    expect(await send(7)).toMatchObject({ errorCode: 47 });
  });
});
