import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createGroups } from '../../src/kafka/groups.ts';
import { createPartitionReader } from '../../src/kafka/partition-reader.ts';
import { startBroker, type TestBroker } from './broker.ts';
import { type Listening, listen } from './listening.ts';
import { startProxy, type TcpProxy } from './proxy.ts';
import { createTopics, fill, numbered } from './topic.ts';

const WAIT = { timeout: 30_000 };
const texts = (amount: number, from = 0) => numbered(amount, from).map(({ value }) => value);

describe('a broker that is away', () => {
  let broker: TestBroker;
  let proxy: TcpProxy;
  let topic: string;
  let listening: Listening | undefined;

  beforeEach(async () => {
    broker = await startBroker();
    proxy = await startProxy(broker.port);
    topic = (await createTopics(broker.connection)).orders;
  });
  afterEach(async () => {
    await listening?.consumer.stop();
    listening = undefined;
    await proxy.close();
    await broker.close();
  });

  const follow = () => {
    const settings = { groupId: 'g', topics: [topic], heartbeatIntervalMs: 200, sessionTimeoutMs: 6_000 };
    listening = listen(proxy.connection, settings);
    return listening;
  };

  test('a consumer waits for a restarted broker and goes on where it was', async () => {
    await fill(broker.connection, topic, 0, numbered(3));
    const { values, troubles } = follow();
    await expect.poll(() => values(), WAIT).toEqual(texts(3));
    await broker.stop();
    await expect.poll(() => troubles.length, WAIT).toBeGreaterThan(0);
    await broker.restart();
    await fill(broker.connection, topic, 0, numbered(2, 3));
    await expect.poll(() => new Set(values()), WAIT).toEqual(new Set(texts(5)));
  });

  test('a consumer survives cut connections without a rebalance', async () => {
    const { assigned, values, lost, beats } = follow();
    await assigned();
    proxy.cut();
    await fill(broker.connection, topic, 1, numbered(2));
    await expect.poll(() => values(1), WAIT).toEqual(texts(2));
    const before = beats.length;
    await expect.poll(() => beats.length, WAIT).toBeGreaterThan(before + 1);
    expect(lost).toEqual([]);
  });

  test('a consumer tells of a broker that hangs, and goes on when it answers again', async () => {
    const { assigned, values, troubles } = follow();
    await assigned();
    proxy.set('hold');
    await expect.poll(() => troubles.length, WAIT).toBeGreaterThan(0);
    expect(troubles[0]).toMatchObject({ name: 'REQUEST_TIMED_OUT', retriable: true });
    proxy.set('flow');
    await fill(broker.connection, topic, 2, numbered(2));
    await expect.poll(() => new Set(values(2)), WAIT).toEqual(new Set(texts(2)));
  });

  test('a consumer that is stopped while the broker hangs ends all the same', async () => {
    const { assigned, consumer } = follow();
    await assigned();
    proxy.set('hold');
    await consumer.stop();
    await expect.poll(() => proxy.open, WAIT).toBe(0);
  });

  test('a consumer may be started before its broker', async () => {
    await broker.stop();
    const { assigned } = follow();
    await broker.restart();
    expect((await assigned()).partitions).toHaveLength(3);
  });

  test('a reader goes on in the middle of a partition', async () => {
    await fill(broker.connection, topic, 0, numbered(4));
    const reader = createPartitionReader(proxy.connection);
    const seen: string[] = [];
    for await (const records of reader.read(topic, 0, { from: 0, to: 6 })) {
      for (const { value } of records) seen.push(value?.toString() ?? '');
      if (seen.length !== 4) continue;
      await broker.stop();
      await broker.restart();
      await fill(broker.connection, topic, 0, numbered(2, 4));
    }
    reader.close();
    expect(seen).toEqual(texts(6));
  });

  test('looking at groups fails with a sentence while it is away, and works again afterwards', async () => {
    const groups = createGroups(proxy.connection, { deadlineMs: 300 });
    expect(await groups.list()).toEqual([]);
    proxy.set('hold');
    await expect(groups.list()).rejects.toMatchObject({
      code: 'KAFKA_UNREACHABLE',
      message: 'listing groups: the broker did not answer in time',
    });
    proxy.set('flow');
    expect(await groups.list()).toEqual([]);
    groups.close();
  });
});
