import { expect, test } from 'vitest';
import { createBroker } from '../../src/broker/broker.ts';
import { APIS } from '../../src/broker/protocol/apis/table.ts';
import { temporaryFolder } from '../rig/folder.ts';
import { batchOf } from './batch-of.ts';
import { createFakeClock } from './fake-clock.ts';
import { rawClient } from './raw-client.ts';
import { createTopic, fetchFrom, fetchOf, produceTo, realClock, startBroker, withTopic } from './start-broker.ts';

test('a taken port is told by the error of Node, and leaves the folder free for the next try', async () => {
  const { port } = await startBroker();
  const options = { dataDir: temporaryFolder(), clock: realClock, log: () => {}, reached: () => {} };
  await expect(createBroker({ ...options, port }).start()).rejects.toMatchObject({ code: 'EADDRINUSE' });
  const next = createBroker({ ...options, port: 0 });
  expect((await next.start()).port).toBeGreaterThan(0);
  await next.close();
});

test('the cluster keeps its id over restarts, and so do topics', async () => {
  const first = await withTopic(2);
  const { clusterId } = await first.client.ask(APIS.metadata, 2, { topics: null });
  await first.close();
  const client = await rawClient((await startBroker({ dataDir: first.dataDir })).port);
  expect(await client.ask(APIS.metadata, 2, { topics: null })).toMatchObject({ clusterId, topics: [{ name: 't' }] });
});

test('retention runs by itself', async () => {
  const clock = createFakeClock();
  const { client } = await withTopic(1, { clock });
  await createTopic(client, 'short', 1, { 'retention.ms': '1000' });
  await produceTo(client, batchOf({ timestamps: [clock.now()] }), { name: 'short' });
  clock.advance(60_000);
  expect(await fetchFrom(client, [1], { topic: 'short' })).toMatchObject([{ logStartOffset: 1, highWatermark: 1 }]);
});

test('clients that ask for much and take nothing do not make the broker hold it all', async () => {
  const { client, port } = await withTopic();
  const megabyte = batchOf({ values: ['x'.repeat(1024 * 1024)] });
  for (let i = 0; i < 16; i++) await produceTo(client, Buffer.from(megabyte));
  const before = process.memoryUsage().external;
  for (let i = 0; i < 30; i++) {
    const greedy = await rawClient(port);
    greedy.socket.pause();
    greedy.send(APIS.fetch, 11, fetchOf([0], { maxBytes: 2 ** 30 }));
  }
  expect((await fetchFrom(client, [0]))[0]?.records?.length).toBe(megabyte.length);
  // Thirty answers of 16 MiB each were asked for; the limit is 64 MiB and one batch each beyond it.
  expect(process.memoryUsage().external - before).toBeLessThan(200 * 1024 * 1024);
});
