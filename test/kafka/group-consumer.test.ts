import { createRequire } from 'node:module';
import type { Kafka as KafkaClass } from 'kafkajs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { GroupListener } from '../../src/kafka/group/listener.ts';
import type { GroupConsumer, GroupConsumerSettings } from '../../src/kafka/group-consumer.ts';
import { createGroups, type Groups } from '../../src/kafka/groups.ts';
import { startBroker, type TestBroker } from './broker.ts';
import { type Listening, listen } from './listening.ts';
import { createTopics, fill, numbered } from './topic.ts';

const { Kafka } = createRequire(import.meta.url)('kafkajs') as { Kafka: typeof KafkaClass };
const texts = (amount: number, from = 0) => numbered(amount, from).map(({ value }) => value);
const WAIT = { timeout: 20_000 };

describe('group consumer', () => {
  let broker: TestBroker;
  let groups: Groups;
  let topic: string;
  let groupId: string;
  let open: Listening[] = [];

  beforeAll(async () => {
    broker = await startBroker();
    groups = createGroups(broker.connection);
  });
  afterAll(async () => {
    groups.close();
    await broker.close();
  });
  beforeEach(async () => {
    topic = (await createTopics(broker.connection)).orders;
    groupId = `group-of-${topic}`;
  });
  afterEach(async () => {
    await Promise.all(open.map(({ consumer }) => consumer.stop()));
    open = [];
  });

  function join(
    settings: Partial<GroupConsumerSettings> = {},
    also: (consumer: GroupConsumer) => Partial<GroupListener> = () => ({}),
  ): Listening {
    const listening = listen(broker.connection, { groupId, topics: [topic], ...settings }, also);
    open.push(listening);
    return listening;
  }

  function stockClient() {
    const { brokers, clientId } = broker.connection;
    return new Kafka({ brokers, clientId, logLevel: 0 });
  }

  const where = (partition: number) => ({ topic, partition });
  const produce = (partition: number, amount: number, from = 0) =>
    fill(broker.connection, topic, partition, numbered(amount, from));

  test('a new group reads every partition from its start, each in the order of its log', async () => {
    await produce(0, 5);
    await produce(2, 3, 5);
    const { values, batches, assigned } = join();
    expect((await assigned()).partitions).toEqual([where(0), where(1), where(2)]);
    await expect.poll(() => values().length, WAIT).toBe(8);
    expect(values(0)).toEqual(texts(5));
    expect(values(2)).toEqual(texts(3, 5));
    expect(batches[0]).toMatchObject({ expected: 0, firstOffset: 0 });
    await produce(0, 2, 8);
    await expect.poll(() => values(0), WAIT).toEqual([...texts(5), ...texts(2, 8)]);
  });

  test('seek and pause inside the assignment take effect before the first fetch', async () => {
    await produce(0, 5);
    await produce(1, 5);
    const { values, consumer, assigned } = join({}, (self) => ({
      assigned() {
        self.seek(topic, 0, 3);
        self.pause([where(1)]);
      },
    }));
    await assigned();
    await expect.poll(() => values(), WAIT).toEqual(['3', '4']);
    await produce(0, 1, 5);
    await expect.poll(() => values(), WAIT).toEqual(['3', '4', '5']);
    consumer.resume([where(1)]);
    await expect.poll(() => values(1), WAIT).toEqual(texts(5));
  });

  test('committed offsets and their metadata come with the next assignment, which starts there', async () => {
    await produce(0, 5);
    const first = join();
    await first.assigned();
    await first.consumer.commit([{ ...where(0), offset: 3, metadata: 'W=2' }]);
    await first.consumer.stop();
    const second = join();
    const { partitions } = await second.assigned();
    expect(partitions[0]).toEqual({ ...where(0), committed: { offset: 3, metadata: 'W=2' } });
    expect(partitions[1]).toEqual(where(1));
    await expect.poll(() => second.values(), WAIT).toEqual(['3', '4']);
  });

  test('heartbeats go on while every partition is paused, and a resume then needs no long poll to end', async () => {
    await produce(0, 1);
    const { beats, consumer, assigned, values } = join({ heartbeatIntervalMs: 20, maxWaitTimeMs: 30_000 }, (self) => ({
      assigned: ({ partitions }) => self.pause(partitions),
    }));
    const { generation } = await assigned();
    const before = beats.length;
    await expect.poll(() => beats.length, WAIT).toBeGreaterThan(before + 3);
    expect(new Set(beats)).toEqual(new Set([generation]));
    expect(values()).toEqual([]);
    consumer.resume([where(0)]);
    await expect.poll(() => values(), WAIT).toEqual(['0']);
  });

  test('a resumed partition does not wait for the long poll of the others', async () => {
    await produce(0, 1);
    const { consumer, values, assigned } = join({ maxWaitTimeMs: 60_000 }, (self) => ({
      assigned: () => self.pause([where(0)]),
    }));
    await assigned();
    consumer.resume([where(0)]);
    await expect.poll(() => values(), WAIT).toEqual(['0']);
  });

  test('nothing is lost or told twice by pauses and resumes', async () => {
    const amount = 3_000;
    for (let from = 0; from < amount; from += 500) await produce(0, 500, from);
    const { values } = join({ maxBytesPerPartition: 4_096 }, (self) => ({
      batch(batch) {
        self.pause([batch]);
        setImmediate(() => self.resume([batch]));
      },
    }));
    await expect.poll(() => values().length, WAIT).toBe(amount);
    expect(values()).toEqual(texts(amount));
  });

  test('a seek back is read again from there', async () => {
    await produce(0, 4);
    const { consumer, values } = join();
    await expect.poll(() => values(), WAIT).toEqual(texts(4));
    consumer.seek(topic, 0, 2);
    await expect.poll(() => values(), WAIT).toEqual([...texts(4), '2', '3']);
  });

  test('what a long poll brings for a partition that was paused or moved meanwhile is not told', async () => {
    await produce(0, 2);
    const { consumer, values } = join({ maxWaitTimeMs: 60_000 });
    await expect.poll(() => values(), WAIT).toEqual(texts(2));
    consumer.pause([where(0)]);
    await produce(0, 2, 2);
    await produce(1, 1, 100);
    await expect.poll(() => values(1), WAIT).toEqual(['100']);
    expect(values(0)).toEqual(texts(2));
    consumer.resume([where(0)]);
    await expect.poll(() => values(0), WAIT).toEqual(texts(4));
    consumer.seek(topic, 0, 1);
    await produce(0, 1, 4);
    await expect.poll(() => values(0), WAIT).toEqual([...texts(4), ...texts(4, 1)]);
  });

  test('a position that the partition does not hold is told, and reading goes on at the start', async () => {
    await produce(0, 4);
    const { values, jumps } = join({}, (self) => ({ assigned: () => self.seek(topic, 0, 99) }));
    await expect.poll(() => values(), WAIT).toEqual(texts(4));
    expect(jumps).toEqual([{ ...where(0), from: 99, to: 0, low: 0, high: 4 }]);
  });

  test('a second member takes its share, and the first hears of it before its new assignment', async () => {
    const first = join({ heartbeatIntervalMs: 50 });
    await first.assigned();
    const second = join({ heartbeatIntervalMs: 50 });
    const [mine, theirs] = await Promise.all([first.assigned(2), second.assigned()]);
    expect(first.lost).toEqual(['rebalance']);
    expect(mine.generation).toBe(theirs.generation);
    const shared = [...mine.partitions, ...theirs.partitions].map(({ partition }) => partition).sort();
    expect(shared).toEqual([0, 1, 2]);
    await second.consumer.stop();
    expect((await first.assigned(3)).partitions).toHaveLength(3);
    expect(first.assignments[2]?.generation).toBeGreaterThan(mine.generation);
  });

  test('a commit on the way out of a generation still counts', async () => {
    const first = join({ heartbeatIntervalMs: 50 }, (self) => ({
      lost() {
        void self.commit([{ ...where(0), offset: 1, metadata: 'last' }]);
      },
    }));
    await first.assigned();
    join({ heartbeatIntervalMs: 50 });
    await first.assigned(2);
    const committed = await groups.offsets(groupId, topic, [0]);
    expect(committed.get(0)).toEqual({ offset: 1, metadata: 'last' });
  });

  test('a member that the group has dropped hears it, and joins again under another id', async () => {
    const { assigned, lost } = join({ heartbeatIntervalMs: 50 });
    const { memberId } = await assigned();
    await groups.leave(groupId, memberId);
    const again = await assigned(2);
    expect(lost).toEqual(['expelled']);
    expect(again.memberId).not.toBe(memberId);
  });

  test('a commit for a membership that is over is refused by name, and ends it', async () => {
    const { consumer, assigned, lost } = join({ heartbeatIntervalMs: 9_000 });
    const { memberId } = await assigned();
    await groups.leave(groupId, memberId);
    const refused = consumer.commit([{ ...where(0), offset: 1, metadata: '' }]);
    await expect(refused).rejects.toMatchObject({ name: 'UNKNOWN_MEMBER_ID', retriable: false });
    expect(lost).toEqual(['expelled']);
    await assigned(2);
  });

  test('stop leaves the group at once, though a long poll is under way', async () => {
    const { consumer, assigned } = join({ maxWaitTimeMs: 60_000 });
    await assigned();
    await consumer.stop();
    const [group] = await groups.describe([groupId]);
    expect(group).toMatchObject({ state: 'Empty', members: [] });
  });

  test('a commit that is on its way when the consumer is stopped still counts', async () => {
    const { consumer, assigned } = join();
    await assigned();
    const committed = consumer.commit([{ ...where(2), offset: 0, metadata: 'last' }]);
    await consumer.stop();
    await committed;
    expect((await groups.offsets(groupId, topic, [2])).get(2)).toEqual({ offset: 0, metadata: 'last' });
  });

  test('what the listener throws ends the consumer, and the group is left', async () => {
    await produce(0, 1);
    const { crashes } = join({}, () => ({
      batch() {
        throw new TypeError('a mistake of ours');
      },
    }));
    await expect.poll(() => crashes.length, WAIT).toBe(1);
    expect(crashes[0]).toBeInstanceOf(TypeError);
    const [group] = await groups.describe([groupId]);
    expect(group?.members).toEqual([]);
  });

  test('new partitions of a topic are divided as well', async () => {
    const { assigned, lost } = join({ metadataMaxAgeMs: 50 });
    expect((await assigned()).partitions).toHaveLength(3);
    const admin = stockClient().admin();
    await admin.createPartitions({ topicPartitions: [{ topic, count: 5 }] });
    await admin.disconnect();
    expect((await assigned(2)).partitions).toHaveLength(5);
    expect(lost).toEqual(['rebalance']);
  });

  test('a kafkajs consumer of the usual kind shares the group', async () => {
    for (const partition of [0, 1, 2]) await produce(partition, 1, partition);
    const ours = join({ heartbeatIntervalMs: 50 });
    await ours.assigned();
    const other = stockClient().consumer({ groupId, maxWaitTimeInMs: 50 });
    const seen: string[] = [];
    await other.subscribe({ topic, fromBeginning: true });
    await other.run({ eachMessage: async ({ message }) => void seen.push(String(message.value)) });
    const { partitions } = await ours.assigned(2);
    expect(partitions.length).toBeLessThan(3);
    await expect.poll(() => new Set([...ours.values(), ...seen]), WAIT).toEqual(new Set(['0', '1', '2']));
    expect(seen.length).toBeGreaterThan(0);
    await other.disconnect();
  });

  test('the generation and the member id are known from the assignment on', async () => {
    const { consumer, assigned } = join();
    expect(consumer.generation).toBeUndefined();
    const { memberId, generation } = await assigned();
    expect([consumer.memberId, consumer.generation]).toEqual([memberId, generation]);
    const [group] = await groups.describe([groupId]);
    expect(group?.members.map((member) => member.memberId)).toEqual([memberId]);
  });
});
