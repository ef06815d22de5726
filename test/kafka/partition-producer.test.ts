import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { SendDoubt } from '../../src/kafka/errors.ts';
import { createPartitionProducer, type PartitionProducer } from '../../src/kafka/partition-producer.ts';
import { startBroker, type TestBroker } from './broker.ts';
import { startProxy, type TcpProxy } from './proxy.ts';
import { createTopics, fill, numbered, valuesIn } from './topic.ts';

const texts = (amount: number, from = 0) => numbered(amount, from).map(({ value }) => value);

describe('partition producer', () => {
  let broker: TestBroker;
  let proxy: TcpProxy;
  let topic: string;
  let producer: PartitionProducer;

  beforeAll(async () => {
    broker = await startBroker();
  });
  afterAll(() => broker.close());
  beforeEach(async () => {
    topic = (await createTopics(broker.connection)).orders;
    proxy = await startProxy(broker.port);
    producer = createPartitionProducer(proxy.connection, { topic, partition: 1 });
  });
  afterEach(async () => {
    await producer.close();
    await proxy.close();
  });

  /** A producer that gives up soon, and what its send rejects with. */
  async function doubtOf(deadlineMs: number, where = topic): Promise<SendDoubt> {
    const hasty = createPartitionProducer(proxy.connection, { topic: where, partition: 1, deadlineMs });
    const thrown: unknown = await hasty.send(numbered(3)).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(SendDoubt);
    return thrown as SendDoubt;
  }

  test('nothing is dialled before the first send', async () => {
    expect(proxy.accepted).toBe(0);
  });

  test('batches are appended in order, and each send tells where its batch begins', async () => {
    expect(await producer.send(numbered(3))).toEqual({ baseOffset: 0 });
    expect(await producer.send(numbered(2, 3))).toEqual({ baseOffset: 3 });
    expect(await valuesIn(broker.connection, topic, 1)).toEqual(texts(5));
    expect(await valuesIn(broker.connection, topic, 0)).toEqual([]);
  });

  test('a batch whose acknowledgement is lost is sent again and appended once', async () => {
    await producer.send(numbered(2));
    proxy.set('no-answers');
    const before = proxy.sent;
    const sending = producer.send(numbered(2, 2));
    await expect.poll(() => proxy.sent).toBeGreaterThan(before);
    await expect.poll(() => valuesIn(broker.connection, topic, 1)).toHaveLength(4);
    proxy.set('flow');
    proxy.cut();
    expect(await sending).toEqual({ baseOffset: 2 });
    expect(await producer.send(numbered(2, 4))).toEqual({ baseOffset: 4 });
    expect(await valuesIn(broker.connection, topic, 1)).toEqual(texts(6));
  });

  test('a send outlives the absence of the broker if that is short', async () => {
    await producer.send(numbered(1));
    await broker.stop();
    const sending = producer.send(numbered(1, 1));
    await broker.restart();
    expect(await sending).toEqual({ baseOffset: 1 });
  });

  test('a send without an answer ends in doubt at the deadline, and nothing of it reaches the wire any more', async () => {
    await fill(proxy.connection, topic, 1, numbered(1));
    proxy.set('hold');
    const doubt = await doubtOf(300);
    expect(doubt).toMatchObject({ name: 'REQUEST_TIMED_OUT', retriable: true });
    expect(doubt.sentence).toBe(`${topic}/1: no acknowledgement within 0.3 s`);
    await expect.poll(() => proxy.open).toBe(0);
    const { accepted, sent } = proxy;
    proxy.set('flow');
    await fill(broker.connection, topic, 1, numbered(1, 1));
    expect(await valuesIn(broker.connection, topic, 1)).toEqual(texts(2));
    expect([proxy.accepted, proxy.sent]).toEqual([accepted, sent]);
  });

  test('a broker that is gone ends a send in doubt, and dialling stops', async () => {
    await proxy.close();
    const doubt = await doubtOf(300);
    expect(doubt).toMatchObject({ retriable: true });
    proxy = await startProxy(broker.port);
    await fill(broker.connection, topic, 1, numbered(1));
    expect(proxy.accepted).toBe(0);
  });

  test('a producer in doubt refuses further sends', async () => {
    proxy.set('hold');
    const hasty = createPartitionProducer(proxy.connection, { topic, partition: 1, deadlineMs: 100 });
    await expect(hasty.send(numbered(1))).rejects.toBeInstanceOf(SendDoubt);
    proxy.set('flow');
    await expect(hasty.send(numbered(1))).rejects.toThrow('the producer is closed');
    expect(await valuesIn(broker.connection, topic, 1)).toEqual([]);
  });

  test('closing and giving up end a running send in doubt', async () => {
    await producer.send(numbered(1));
    proxy.set('hold');
    const given = new AbortController();
    const other = createPartitionProducer(proxy.connection, { topic, partition: 1 });
    const abandoned = other.send(numbered(1), given.signal);
    const closed = producer.send(numbered(1));
    given.abort();
    await producer.close();
    await expect(abandoned).rejects.toThrow('the send was given up');
    await expect(closed).rejects.toBeInstanceOf(SendDoubt);
  });

  test('a batch that is too large is refused for good', async () => {
    const value = 'x'.repeat(9 * 1024 * 1024);
    const thrown: unknown = await producer.send([{ key: null, value, timestamp: 1 }]).catch((error: unknown) => error);
    expect(thrown).toMatchObject({ name: 'MESSAGE_TOO_LARGE', code: 10, retriable: false });
  });

  test('a topic that is not there is waited for until the deadline', async () => {
    const doubt = await doubtOf(300, 'nowhere');
    expect(doubt.sentence).toContain('nowhere');
    expect(doubt.retriable).toBe(true);
  });

  test('two sends at once and a send of nothing are mistakes of the caller', async () => {
    const first = producer.send(numbered(1));
    await expect(producer.send(numbered(1))).rejects.toThrow('a batch is still on its way');
    await first;
    await expect(producer.send([])).rejects.toThrow('a batch needs a record');
    expect(await producer.send(numbered(1))).toEqual({ baseOffset: 1 });
  });
});
