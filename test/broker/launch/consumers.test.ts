import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { type Consumer, Kafka, logLevel } from 'kafkajs';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Launched } from '../../../src/broker/launch.ts';
import { launchBroker } from './launching.ts';

const TIMES = { sessionTimeout: 6_000, rebalanceTimeout: 8_000, heartbeatInterval: 200, maxWaitTimeInMs: 100 };
const POLL = { timeout: 30_000, interval: 50 };

async function clientOf({ address }: Launched) {
  const kafka = new Kafka({
    brokers: [address],
    logLevel: logLevel.NOTHING,
    retry: { retries: 20, maxRetryTime: 500 },
  });
  const admin = kafka.admin();
  await admin.connect();
  onTestFinished(() => admin.disconnect());
  await admin.createTopics({ topics: [{ topic: 'orders', numPartitions: 6 }] });
  return { kafka, admin };
}

/** A member of group `g` that knows its partitions and its generations. */
async function member(kafka: Kafka) {
  const consumer: Consumer = kafka.consumer({ groupId: 'g', ...TIMES });
  const seen = { partitions: [] as number[], joins: 0, values: [] as string[] };
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    seen.joins += 1;
    seen.partitions = payload.memberAssignment['orders'] ?? [];
  });
  await consumer.connect();
  onTestFinished(() => consumer.disconnect());
  await consumer.subscribe({ topic: 'orders', fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachMessage: async ({ message }) => {
      seen.values.push(String(message.value));
    },
  });
  return { consumer, seen };
}

/** A member in a process of its own, which a test can kill. */
function distantMember(address: string): ChildProcess {
  const code = `
    const { Kafka, logLevel } = require(${JSON.stringify(createRequire(import.meta.url).resolve('kafkajs'))});
    const consumer = new Kafka({ brokers: ['${address}'], logLevel: logLevel.NOTHING }).consumer({ groupId: 'g', ...${JSON.stringify(TIMES)} });
    consumer.connect().then(() => consumer.subscribe({ topic: 'orders' })).then(() => consumer.run({ eachMessage: async () => {} }));`;
  const child = spawn(process.execPath, ['-e', code], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

const sorted = (...lists: number[][]) => lists.flat().sort((a, b) => a - b);

describe('consumers of kafkajs', () => {
  test('share the partitions, and share anew when one joins and one leaves', async () => {
    const { kafka } = await clientOf(await launchBroker());
    const first = await member(kafka);
    await expect.poll(() => first.seen.partitions, POLL).toHaveLength(6);
    const second = await member(kafka);
    await expect.poll(() => sorted(first.seen.partitions, second.seen.partitions), POLL).toEqual([0, 1, 2, 3, 4, 5]);
    expect(second.seen.partitions).toHaveLength(3);
    await first.consumer.disconnect();
    await expect.poll(() => second.seen.partitions, POLL).toHaveLength(6);
  });

  test('take over what a killed one had, after its session', async () => {
    const broker = await launchBroker();
    const { kafka, admin } = await clientOf(broker);
    const first = await member(kafka);
    const distant = distantMember(broker.address);
    const members = async () => (await admin.describeGroups(['g'])).groups[0]?.members.length;
    await expect.poll(members, POLL).toBe(2);
    await expect.poll(() => first.seen.partitions, POLL).toHaveLength(3);
    distant.kill('SIGKILL');
    await expect.poll(() => first.seen.partitions, POLL).toHaveLength(6);
    expect(await members()).toBe(1);
  });

  test('go on when the broker was killed and is back, and nothing committed is lost', async () => {
    const broker = await launchBroker();
    const { kafka, admin } = await clientOf(broker);
    const producer = kafka.producer();
    await producer.connect();
    onTestFinished(() => producer.disconnect());
    const { consumer, seen } = await member(kafka);
    await expect.poll(() => seen.partitions, POLL).toHaveLength(6);
    await producer.send({ topic: 'orders', messages: [{ value: 'before', partition: 0 }] });
    await expect.poll(() => seen.values, POLL).toEqual(['before']);
    await consumer.commitOffsets([{ topic: 'orders', partition: 0, offset: '1', metadata: 'W=0' }]);
    await broker.kill();
    await broker.restart();
    await producer.send({ topic: 'orders', messages: [{ value: 'after', partition: 0 }] });
    await expect.poll(() => seen.values, POLL).toEqual(['before', 'after']);
    const [offsets] = await admin.fetchOffsets({ groupId: 'g', topics: ['orders'] });
    expect(offsets?.partitions.find(({ partition }) => partition === 0)).toMatchObject({ metadata: 'W=0' });
    await consumer.commitOffsets([{ topic: 'orders', partition: 0, offset: '2' }]);
  });

  test('lets a tool list, describe and delete the group', async () => {
    const { kafka, admin } = await clientOf(await launchBroker());
    const { consumer, seen } = await member(kafka);
    await expect.poll(() => seen.partitions, POLL).toHaveLength(6);
    expect((await admin.listGroups()).groups).toEqual([{ groupId: 'g', protocolType: 'consumer' }]);
    expect((await admin.describeGroups(['g'])).groups[0]).toMatchObject({
      ...{ state: 'Stable', protocol: 'RoundRobinAssigner' },
      members: [{ clientHost: '/127.0.0.1', clientId: 'kafkajs' }],
    });
    await expect(admin.deleteGroups(['g'])).rejects.toThrow();
    await consumer.disconnect();
    await admin.deleteGroups(['g']);
    expect((await admin.listGroups()).groups).toEqual([]);
  });
});
