import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OffsetOutOfRange } from '../../src/kafka/errors.ts';
import { createPartitionReader, type PartitionReader } from '../../src/kafka/partition-reader.ts';
import { startBroker, type TestBroker } from './broker.ts';
import { createTopics, fill, numbered } from './topic.ts';

describe('partition reader', () => {
  let broker: TestBroker;
  let reader: PartitionReader;
  let topic: string;

  beforeAll(async () => {
    broker = await startBroker();
    topic = (await createTopics(broker.connection)).orders;
    for (let from = 0; from < 100; from += 10) await fill(broker.connection, topic, 1, numbered(10, from));
    await fill(broker.connection, topic, 2, numbered(3));
    reader = createPartitionReader(broker.connection);
  });
  afterAll(async () => {
    reader.close();
    await broker.close();
  });

  async function offsetsOf(partition: number, from: number, to: number): Promise<number[]> {
    const offsets: number[] = [];
    for await (const records of reader.read(topic, partition, { from, to })) {
      offsets.push(...records.map(({ offset }) => offset));
    }
    return offsets;
  }

  const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

  test('a range inside batches is read exactly', async () => {
    expect(await offsetsOf(1, 7, 93)).toEqual(range(7, 93));
    expect(await offsetsOf(1, 99, 100)).toEqual([99]);
    expect(await offsetsOf(1, 50, 50)).toEqual([]);
  });

  test('several partitions are read at the same time over one connection', async () => {
    const [whole, half, other] = await Promise.all([offsetsOf(1, 0, 100), offsetsOf(1, 50, 100), offsetsOf(2, 0, 3)]);
    expect([whole, half, other]).toEqual([range(0, 100), range(50, 100), range(0, 3)]);
  });

  test('partitions and their watermarks are told', async () => {
    expect(await reader.partitions(topic)).toEqual([0, 1, 2]);
    expect([...(await reader.watermarks(topic, [0, 1, 2]))]).toEqual([
      [0, { low: 0, high: 0 }],
      [1, { low: 0, high: 100 }],
      [2, { low: 0, high: 3 }],
    ]);
  });

  test('an offset is found by time, and the end where nothing is that young', async () => {
    const at = 1_700_000_000_000;
    expect((await reader.offsetsAt(topic, [2], at + 2)).get(2)).toBe(2);
    expect((await reader.offsetsAt(topic, [2], at + 100)).get(2)).toBe(3);
  });

  test('one record is read at its offset, and none where there is none', async () => {
    expect((await reader.readOne(topic, 1, 42))?.value?.toString()).toBe('42');
    expect(await reader.readOne(topic, 1, 100)).toBeUndefined();
    expect(await reader.readOne(topic, 1, 5_000)).toBeUndefined();
  });

  test('a start outside the partition is refused with what it holds', async () => {
    const reading = offsetsOf(1, 500, 600);
    await expect(reading).rejects.toBeInstanceOf(OffsetOutOfRange);
    await expect(reading).rejects.toMatchObject({
      low: 0,
      high: 100,
      message: `${topic}/1 holds offsets 0 to 99, not 500`,
    });
  });

  test('records that are still to come are waited for', async () => {
    const reading = offsetsOf(0, 0, 2);
    await fill(broker.connection, topic, 0, numbered(2));
    expect(await reading).toEqual([0, 1]);
  });

  test('a read that waits ends when it is given up', async () => {
    const given = new AbortController();
    const waiting = reader.read(topic, 2, { from: 0, to: 10, signal: given.signal })[Symbol.asyncIterator]();
    expect((await waiting.next()).value).toHaveLength(3);
    const next = waiting.next();
    given.abort(new Error('enough'));
    await expect(next).rejects.toThrow('enough');
  });

  test('a topic that is not there is named', async () => {
    const hasty = createPartitionReader(broker.connection, { deadlineMs: 200 });
    await expect(hasty.watermarks('nowhere', [0])).rejects.toMatchObject({
      code: 'KAFKA_REFUSED',
      message: 'reading nowhere: topic nowhere: the broker has no such topic or partition',
    });
    hasty.close();
  });
});
