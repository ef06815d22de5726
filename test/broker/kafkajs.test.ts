import { Kafka, logLevel } from 'kafkajs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startBroker } from './start-broker.ts';

process.env['KAFKAJS_NO_PARTITIONER_WARNING'] = '1';

/** Stock kafkajs with an admin that is connected, on a broker of its own. */
async function kafkaOn(options: Parameters<typeof startBroker>[0] = {}) {
  const broker = await startBroker(options);
  const kafka = new Kafka({ brokers: [`127.0.0.1:${broker.port}`], logLevel: logLevel.NOTHING, retry: { retries: 3 } });
  const admin = kafka.admin();
  await admin.connect();
  onTestFinished(() => admin.disconnect());
  return { broker, kafka, admin };
}

describe('stock kafkajs', () => {
  test('creates, grows, describes and deletes topics', async () => {
    const { admin } = await kafkaOn();
    expect(await admin.createTopics({ topics: [{ topic: 'orders', numPartitions: 2 }] })).toBe(true);
    expect(await admin.createTopics({ topics: [{ topic: 'orders', numPartitions: 2 }] })).toBe(false);
    await admin.createPartitions({ topicPartitions: [{ topic: 'orders', count: 4 }] });
    const { topics } = await admin.fetchTopicMetadata({ topics: ['orders'] });
    expect(topics[0]?.partitions).toHaveLength(4);
    const { resources } = await admin.describeConfigs({
      includeSynonyms: true,
      resources: [{ type: 2, name: 'orders' }],
    });
    expect(resources[0]?.configEntries.map(({ configName }) => configName)).toContain('retention.ms');
    await admin.deleteTopics({ topics: ['orders'] });
    expect(await admin.listTopics()).toEqual([]);
  });

  test('produces with and without idempotence, and consumes every record once, in order', async () => {
    const { kafka, admin } = await kafkaOn();
    await admin.createTopics({ topics: [{ topic: 'orders', numPartitions: 1 }] });
    for (const [p, idempotent] of [false, true].entries()) {
      const producer = kafka.producer({ idempotent });
      await producer.connect();
      const messages = Array.from({ length: 500 }, (_, i) => ({
        key: `k${i}`,
        value: `${p}-${i}`,
        headers: { h: 'x' },
      }));
      await producer.send({ topic: 'orders', messages, compression: p });
      await producer.disconnect();
    }
    const consumer = kafka.consumer({ groupId: 'g' });
    await consumer.connect();
    await consumer.subscribe({ topic: 'orders', fromBeginning: true });
    const values: string[] = [];
    await consumer.run({
      eachMessage: async ({ message }) => {
        values.push(String(message.value));
      },
    });
    await expect.poll(() => values.length, { timeout: 20_000 }).toBe(1000);
    await consumer.disconnect();
    expect(values).toEqual([0, 1].flatMap((p) => Array.from({ length: 500 }, (_, i) => `${p}-${i}`)));
    const offsets = await admin.fetchOffsets({ groupId: 'g', topics: ['orders'] });
    expect(offsets[0]?.partitions).toMatchObject([{ offset: '1000' }]);
  });

  test('lists offsets by time and deletes records', async () => {
    const { kafka, admin } = await kafkaOn();
    await admin.createTopics({ topics: [{ topic: 't', numPartitions: 1 }] });
    const producer = kafka.producer();
    await producer.connect();
    const messages = [1000, 2000, 3000].map((timestamp) => ({ value: 'v', timestamp: String(timestamp) }));
    await producer.send({ topic: 't', messages });
    await producer.disconnect();
    expect(await admin.fetchTopicOffsetsByTimestamp('t', 1500)).toEqual([{ partition: 0, offset: '1' }]);
    await admin.deleteTopicRecords({ topic: 't', partitions: [{ partition: 0, offset: '2' }] });
    expect(await admin.fetchTopicOffsets('t')).toMatchObject([{ low: '2', high: '3' }]);
  });

  test('finds everything again after a restart', async () => {
    const { broker, kafka, admin } = await kafkaOn();
    await admin.createTopics({ topics: [{ topic: 't', numPartitions: 1 }] });
    const producer = kafka.producer();
    await producer.connect();
    await producer.send({ topic: 't', messages: [{ value: 'a' }, { value: 'b' }] });
    await admin.setOffsets({ groupId: 'g', topic: 't', partitions: [{ partition: 0, offset: '1' }] });
    await producer.disconnect();
    await broker.close();
    const again = await kafkaOn({ dataDir: broker.dataDir });
    expect(await again.admin.fetchTopicOffsets('t')).toMatchObject([{ high: '2' }]);
    const [topic] = await again.admin.fetchOffsets({ groupId: 'g', topics: ['t'] });
    expect(topic?.partitions).toMatchObject([{ offset: '1' }]);
  });
});
