import { describe, expect, test } from 'vitest';
import { APIS } from '../../src/broker/protocol/apis/table.ts';
import { headerAt } from '../../src/broker/protocol/record-batch.ts';
import { batchOf } from '../broker/batch-of.ts';
import { rawClient } from '../broker/raw-client.ts';
import { fetchFrom, fetchOf, produceTo } from '../broker/start-broker.ts';
import { CLUSTERS, freshTopic, offsetAt } from './cluster.ts';

const now = Date.now();

describe.each(CLUSTERS)('$name: reading', ({ connect }) => {
  test('a batch comes back as it went, whole, from any offset in it', async () => {
    const client = await connect();
    const topic = await freshTopic(client);
    const sent = batchOf({ values: ['a', 'b', 'c'], timestamps: [now] });
    await produceTo(client, Buffer.from(sent), { name: topic });
    const [partition] = await fetchFrom(client, [2], { topic });
    expect(partition).toMatchObject({ errorCode: 0, highWatermark: 3, lastStableOffset: 3, logStartOffset: 0 });
    expect(partition?.records?.subarray(16)).toEqual(sent.subarray(16));
  });

  test('one batch comes even if it is larger than every limit', async () => {
    const client = await connect();
    const topic = await freshTopic(client);
    await produceTo(client, batchOf({ values: ['x'.repeat(5000)], timestamps: [now] }), { name: topic });
    const [partition] = await fetchFrom(client, [0], { topic, maxBytes: 0 });
    expect(headerAt(partition?.records as Buffer, 0).count).toBe(1);
  });

  test('the end is empty, what lies beyond is out of range, and a newer epoch is unknown', async () => {
    const client = await connect();
    const topic = await freshTopic(client);
    expect(await fetchFrom(client, [0], { topic })).toMatchObject([{ errorCode: 0, highWatermark: 0 }]);
    expect(await fetchFrom(client, [1], { topic })).toMatchObject([{ errorCode: 1, highWatermark: -1 }]);
    const request = fetchOf([0], { topic });
    Object.assign(request.topics[0]?.partitions[0] ?? {}, { currentLeaderEpoch: 1000 });
    const { responses } = await client.ask(APIS.fetch, 11, request);
    expect(responses[0]?.partitions).toMatchObject([{ errorCode: 75 }]);
  });

  test('an unknown session is told so', async () => {
    const client = await connect();
    const topic = await freshTopic(client);
    const request = { ...fetchOf([0], { topic }), sessionId: 12_345, sessionEpoch: 7 };
    expect(await client.ask(APIS.fetch, 11, request)).toMatchObject({ errorCode: 70 });
  });

  test('a waiting fetch is answered by what another connection produces', async () => {
    const client = await connect();
    const topic = await freshTopic(client);
    const request = fetchOf([0], { topic, maxWaitMs: 20_000 });
    client.send(APIS.fetch, 11, request);
    client.send(APIS.metadata, 1, { topics: [] });
    const answers = [client.next(), client.next()];
    // The same connection would wait behind its own fetch.
    const other = await rawClient(client.socket.remotePort ?? 0);
    await produceTo(other, batchOf({ timestamps: [now] }), { name: topic });
    const [fetched] = await Promise.all(answers);
    expect(fetched?.length).toBeGreaterThan(batchOf().length);
  });

  test('offsets are found by place and time', async () => {
    const client = await connect();
    const topic = await freshTopic(client);
    const timestamps = [now, now + 30, now + 20];
    await produceTo(client, batchOf({ values: ['a', 'b', 'c'], timestamps }), { name: topic });
    expect(await offsetAt(client, topic, -1)).toMatchObject({ errorCode: 0, offset: 3, timestamp: -1 });
    expect(await offsetAt(client, topic, -2)).toMatchObject({ errorCode: 0, offset: 0, timestamp: -1 });
    expect(await offsetAt(client, topic, now + 15)).toMatchObject({ errorCode: 0, offset: 1, timestamp: now + 30 });
    expect(await offsetAt(client, topic, now + 31)).toMatchObject({ errorCode: 0, offset: -1, timestamp: -1 });
  });

  test('records that were deleted are out of range, and offsets go on behind them', async () => {
    const client = await connect();
    const topic = await freshTopic(client);
    await produceTo(client, batchOf({ values: ['a', 'b', 'c'], timestamps: [now] }), { name: topic });
    const deleteTo = async (offset: number) => {
      const topics = [{ name: topic, partitions: [{ partitionIndex: 0, offset }] }];
      return (await client.ask(APIS.deleteRecords, 1, { topics, timeoutMs: 5000 })).topics[0]?.partitions[0];
    };
    expect(await deleteTo(4)).toMatchObject({ errorCode: 1, lowWatermark: -1 });
    expect(await deleteTo(-1)).toMatchObject({ errorCode: 0, lowWatermark: 3 });
    expect(await fetchFrom(client, [2], { topic })).toMatchObject([{ errorCode: 1 }]);
    const answer = await produceTo(client, batchOf({ timestamps: [now] }), { name: topic });
    expect(answer).toMatchObject({ baseOffset: 3, logStartOffset: 3 });
  });
});
