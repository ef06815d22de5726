import { describe, expect, test } from 'vitest';
import { APIS } from '../../../src/broker/protocol/apis/table.ts';
import { headerAt } from '../../../src/broker/protocol/record-batch.ts';
import { batchOf } from '../batch-of.ts';
import { createFakeClock } from '../fake-clock.ts';
import { rawClient } from '../raw-client.ts';
import { fetchFrom, fetchOf, produceTo, withTopic } from '../start-broker.ts';

/** Resolves after a round trip: whatever the broker had to say before has been said. */
async function settled(port: number): Promise<void> {
  await (await rawClient(port)).ask(APIS.apiVersions, 0, {});
}

describe('a fetch', () => {
  test('gives batches and watermarks', async () => {
    const { client } = await withTopic();
    await produceTo(client, batchOf({ values: ['a', 'b'] }));
    const [partition] = await fetchFrom(client, [1]);
    expect(partition).toMatchObject({ errorCode: 0, highWatermark: 2, lastStableOffset: 2, logStartOffset: 0 });
    expect(headerAt(partition?.records as Buffer, 0)).toMatchObject({ baseOffset: 0, count: 2 });
  });

  test('beyond the end, of an unknown partition or with a foreign epoch is told so at once', async () => {
    const { client } = await withTopic();
    const patient = { maxWaitMs: 30_000 };
    expect(await fetchFrom(client, [1], patient)).toMatchObject([{ errorCode: 1, highWatermark: -1 }]);
    expect(await fetchFrom(client, [0, 0], patient)).toMatchObject([{ errorCode: 0 }, { errorCode: 3 }]);
    const request = fetchOf([0], patient);
    Object.assign(request.topics[0]?.partitions[0] ?? {}, { currentLeaderEpoch: 4 });
    expect((await client.ask(APIS.fetch, 11, request)).responses[0]?.partitions).toMatchObject([{ errorCode: 75 }]);
  });

  test('of a session is refused, as none is ever opened', async () => {
    const { client } = await withTopic();
    const answer = await client.ask(APIS.fetch, 11, { ...fetchOf([0]), sessionId: 5 });
    expect(answer).toMatchObject({ errorCode: 70, sessionId: 0 });
    expect(await client.ask(APIS.fetch, 11, fetchOf([0]))).toMatchObject({ errorCode: 0, sessionId: 0 });
  });

  test('keeps to its byte limits, but always brings one batch', async () => {
    const { client } = await withTopic(2);
    const batch = batchOf({ values: ['x'.repeat(1000)] });
    for (const index of [0, 1]) for (let i = 0; i < 3; i++) await produceTo(client, Buffer.from(batch), { index });
    const lengths = async (maxBytes: number) => {
      const partitions = await fetchFrom(client, [0, 0], { maxBytes });
      return partitions.map(({ records }) => (records?.length ?? 0) / batch.length);
    };
    expect(await lengths(0)).toEqual([1, 0]);
    expect(await lengths(batch.length * 2 + 5)).toEqual([2, 0]);
    expect(await lengths(batch.length * 4)).toEqual([3, 1]);
  });
});

describe('a waiting fetch', () => {
  test('is answered when enough bytes are there over all partitions', async () => {
    const clock = createFakeClock();
    const { client, port } = await withTopic(2, { clock });
    const timers = clock.timers;
    const waiting = await rawClient(port);
    const batch = batchOf();
    const answer = fetchFrom(waiting, [0, 0], { maxWaitMs: 60_000, minBytes: 2 * batch.length });
    await expect.poll(() => clock.timers).toBe(timers + 1);
    await produceTo(client, Buffer.from(batch), { index: 0 });
    let isAnswered = false;
    void answer.then(() => {
      isAnswered = true;
    });
    await settled(port);
    expect(isAnswered).toBe(false);
    await produceTo(client, Buffer.from(batch), { index: 1 });
    expect((await answer).map(({ records }) => records?.length)).toEqual([batch.length, batch.length]);
  });

  test('is answered with what is there when its time is over', async () => {
    const clock = createFakeClock();
    const { client, port } = await withTopic(1, { clock });
    const timers = clock.timers;
    const waiting = await rawClient(port);
    const answer = fetchFrom(waiting, [0], { maxWaitMs: 500, minBytes: 10_000 });
    await expect.poll(() => clock.timers).toBe(timers + 1);
    await produceTo(client, batchOf());
    clock.advance(500);
    expect(await answer).toMatchObject([{ errorCode: 0, highWatermark: 1 }]);
  });

  test('is answered when the topic is deleted', async () => {
    const clock = createFakeClock();
    const { client, port } = await withTopic(1, { clock });
    const timers = clock.timers;
    const waiting = await rawClient(port);
    const answer = fetchFrom(waiting, [0], { maxWaitMs: 60_000 });
    await expect.poll(() => clock.timers).toBe(timers + 1);
    await client.ask(APIS.deleteTopics, 3, { topicNames: ['t'] });
    expect(await answer).toMatchObject([{ errorCode: 3 }]);
  });

  test('leaves neither timer nor listener when its client goes', async () => {
    const clock = createFakeClock();
    const { port } = await withTopic(1, { clock });
    const timers = clock.timers;
    const waiting = await rawClient(port);
    waiting.send(APIS.fetch, 11, fetchOf([0], { maxWaitMs: 60_000 }));
    await expect.poll(() => clock.timers).toBe(timers + 1);
    waiting.socket.destroy();
    await expect.poll(() => clock.timers).toBe(timers);
  });
});
