import type { Connection } from '../../src/kafka/client.ts';
import { createPartitionProducer, type OutRecord } from '../../src/kafka/partition-producer.ts';
import { createPartitionReader } from '../../src/kafka/partition-reader.ts';
import { ensureTopics, type TopicNames } from '../../src/kafka/topics.ts';

let count = 0;

/** Creates the topics of a pipeline under names of their own. */
export async function createTopics(connection: Connection, partitions = 3): Promise<TopicNames> {
  const prefix = `t${++count}-`;
  const names = { orders: `${prefix}orders`, inventoryEvents: `${prefix}events`, deadLetters: `${prefix}orders-dlt` };
  await ensureTopics(connection, names, { partitions });
  return names;
}

/** Records whose values are the numbers from `from` on. */
export function numbered(amount: number, from = 0): OutRecord[] {
  return Array.from({ length: amount }, (_, i) => ({
    key: null,
    value: String(from + i),
    timestamp: 1_700_000_000_000 + i,
  }));
}

/** Sends records to a partition with a producer of its own. */
export async function fill(connection: Connection, topic: string, partition: number, records: OutRecord[]) {
  const producer = createPartitionProducer(connection, { topic, partition });
  await producer.send(records);
  await producer.close();
}

/** Values of all records that a partition holds. */
export async function valuesIn(connection: Connection, topic: string, partition: number): Promise<string[]> {
  const reader = createPartitionReader(connection);
  const { low, high } = (await reader.watermarks(topic, [partition])).get(partition) ?? { low: 0, high: 0 };
  const values: string[] = [];
  for await (const records of reader.read(topic, partition, { from: low, to: high })) {
    for (const { value } of records) values.push(value?.toString() ?? '');
  }
  reader.close();
  return values;
}
