import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { whyUnfit } from '../../src/kafka/topic-settings.ts';
import { ensureTopics } from '../../src/kafka/topics.ts';
import { startBroker, type TestBroker } from './broker.ts';

const names = (prefix: string) => ({
  orders: `${prefix}-orders`,
  inventoryEvents: `${prefix}-events`,
  deadLetters: `${prefix}-orders-dlt`,
});

describe('topics of the pipeline', () => {
  let broker: TestBroker;

  beforeAll(async () => {
    broker = await startBroker();
  });
  afterAll(() => broker.close());

  const ensure = (topics: ReturnType<typeof names>, wishes = {}) => ensureTopics(broker.connection, topics, wishes);

  test('missing topics are created with three partitions, one replica per broker up to three', async () => {
    const topics = names('new');
    const { partitions, created, replicationFactor } = await ensure(topics);
    expect({ partitions, replicationFactor }).toEqual({ partitions: 3, replicationFactor: 1 });
    expect(created).toEqual(Object.values(topics));
  });

  test('existing topics are taken as they are, whatever is wished', async () => {
    const topics = names('old');
    await ensure(topics, { partitions: 5 });
    expect(await ensure(topics, { partitions: 2 })).toMatchObject({ partitions: 5, created: [] });
  });

  test('a missing topic gets as many partitions as those that exist', async () => {
    const topics = names('half');
    await ensure(topics, { partitions: 4 });
    const other = { ...topics, inventoryEvents: 'half-events-again' };
    expect(await ensure(other)).toMatchObject({ partitions: 4, created: ['half-events-again'] });
  });

  test('two who begin at the same time agree', async () => {
    const topics = names('race');
    const both = await Promise.all([ensure(topics), ensure(topics)]);
    expect(both.map(({ partitions }) => partitions)).toEqual([3, 3]);
  });

  test('topics with different numbers of partitions are refused with both named', async () => {
    const few = names('few');
    const many = names('many');
    await ensure(few, { partitions: 2 });
    await ensure(many, { partitions: 6 });
    const mixed = ensure({ ...few, inventoryEvents: many.inventoryEvents });
    await expect(mixed).rejects.toMatchObject({
      code: 'KAFKA_TOPICS_UNFIT',
      message: 'few-orders has 2 partitions and many-events has 6: they must have the same number',
    });
  });

  test('a name that Kafka does not take is refused with its reason', async () => {
    await expect(ensure(names('bad name'))).rejects.toMatchObject({ code: 'KAFKA_REFUSED' });
  });
});

describe('settings of topics', () => {
  const topics = names('t');
  const keeping = (retentionMs: number, compacted = false) => ({ compacted, retentionMs, retentionBytes: -1 });
  const judge = (orders: ReturnType<typeof keeping>, events: ReturnType<typeof keeping>) =>
    whyUnfit(
      new Map([
        [topics.orders, orders],
        [topics.inventoryEvents, events],
      ]),
      topics,
    );

  test('a compacted topic is refused', () => {
    expect(judge(keeping(-1, true), keeping(-1)).refusal).toContain('t-orders is compacted');
    expect(judge(keeping(-1), keeping(-1, true)).refusal).toContain('t-events is compacted');
  });

  test.each([
    [1_000, 1_000, 0],
    [1_000, -1, 0],
    [1_000, 999, 1],
    [-1, 1_000, 1],
  ])('input kept for %i ms and output for %i ms give %i warnings', (input, output, count) => {
    const { refusal, warnings } = judge(keeping(input), keeping(output));
    expect(refusal).toBeUndefined();
    expect(warnings).toHaveLength(count);
  });

  test('settings that we may not read are not judged', () => {
    expect(whyUnfit(new Map(), topics)).toEqual({ warnings: [] });
  });
});
