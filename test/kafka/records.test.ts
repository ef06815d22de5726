import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listTopics, type RecordsWanted, readRecords } from '../../src/kafka/records.ts';
import { startBroker, type TestBroker } from './broker.ts';
import { createTopics, fill, numbered } from './topic.ts';

describe('records of a topic', () => {
  let broker: TestBroker;
  let topic: string;

  beforeAll(async () => {
    broker = await startBroker();
    topic = (await createTopics(broker.connection)).orders;
    await fill(broker.connection, topic, 0, numbered(5));
    await fill(broker.connection, topic, 2, numbered(3, 5));
  });
  afterAll(() => broker.close());

  async function read(wanted: RecordsWanted = {}): Promise<string[]> {
    const seen: string[] = [];
    for await (const { partition, offset, value } of readRecords(broker.connection, topic, wanted)) {
      seen.push(`${partition}@${offset}=${value}`);
    }
    return seen;
  }

  test('all partitions are read one after the other', async () => {
    expect(await read()).toEqual(['0@0=0', '0@1=1', '0@2=2', '0@3=3', '0@4=4', '2@0=5', '2@1=6', '2@2=7']);
  });

  test('a partition, an offset and a limit narrow it down', async () => {
    expect(await read({ partition: 0, from: 3 })).toEqual(['0@3=3', '0@4=4']);
    expect(await read({ limit: 2, from: 4 })).toEqual(['0@4=4']);
    expect(await read({ limit: 6 })).toHaveLength(6);
    expect(await read({ limit: 0 })).toEqual([]);
    expect(await read({ partition: 1 })).toEqual([]);
  });

  test('topics are listed with their partitions and watermarks', async () => {
    const listed = (await listTopics(broker.connection)).find((each) => each.topic === topic);
    expect(listed).toMatchObject({ internal: false, replicationFactor: 1, under: 0 });
    expect(listed?.partitions.map(({ low, high }) => [low, high])).toEqual([
      [0, 5],
      [0, 0],
      [0, 3],
    ]);
  });
});
