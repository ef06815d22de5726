import { onTestFinished } from 'vitest';
import { APIS } from '../../src/broker/protocol/apis/table.ts';
import { openCluster } from '../../src/engine/open-cluster.ts';
import type { Connection } from '../../src/kafka/client.ts';
import { createPartitionProducer, type OutRecord } from '../../src/kafka/partition-producer.ts';
import { ensureTopics } from '../../src/kafka/topics.ts';
import { rawClient } from '../broker/raw-client.ts';
import { startBroker } from '../kafka/broker.ts';
import { TOPICS } from './fake-cluster.ts';
import { createFakeEngine } from './fake-hall.ts';

/** An engine on fakes but for its cluster, which is an embedded broker in this process with our topics. */
export async function createEmbeddedEngine() {
  const broker = await startBroker();
  const { connection } = broker;
  await ensureTopics(connection, TOPICS, { partitions: 3 });
  const cluster = openCluster(connection);
  const engine = createFakeEngine({ cluster });
  onTestFinished(async () => {
    await engine.engine.close();
    await broker.close();
  });
  return {
    ...engine,
    cluster,
    connection,
    put: (topic: string, partition: number, records: OutRecord[]) => send(connection, topic, partition, records),
    /** Removes the records of a partition below an offset, as retention does. */
    deleteBefore: (topic: string, partition: number, offset: number) =>
      deleteBefore(broker.port, topic, partition, offset),
  };
}

async function send(connection: Connection, topic: string, partition: number, records: OutRecord[]): Promise<void> {
  const producer = createPartitionProducer(connection, { topic, partition });
  await producer.send(records);
  await producer.close();
}

async function deleteBefore(port: number, topic: string, partition: number, offset: number): Promise<void> {
  const client = await rawClient(port);
  const topics = [{ name: topic, partitions: [{ partitionIndex: partition, offset }] }];
  await client.ask(APIS.deleteRecords, 1, { topics, timeoutMs: 5000 });
}
