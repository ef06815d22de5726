import { describe, expect, test } from 'vitest';
import { readDeadLetter, toDeadLetter } from '../../../src/kafka/dead-letters.ts';
import { createPartitionReader } from '../../../src/kafka/partition-reader.ts';
import type { ConsumedRecord } from '../../../src/kafka/record.ts';
import { orderValue } from '../../orders/events.ts';
import { createEmbeddedEngine } from '../embedded.ts';
import { TOPICS } from '../fake-cluster.ts';

const { orders, deadLetters } = TOPICS;
const RESUBMIT = { verb: 'dead-letters', action: 'resubmit' } as const;

async function parts() {
  const all = await createEmbeddedEngine();
  const reader = createPartitionReader(all.connection);
  const readAll = async (topic: string, partition: number, from = 0): Promise<ConsumedRecord[]> => {
    const { high } = (await reader.watermarks(topic, [partition])).get(partition) ?? { high: 0 };
    const records: ConsumedRecord[] = [];
    for await (const chunk of reader.read(topic, partition, { from, to: high })) records.push(...chunk);
    return records;
  };
  /** What an inventory worker does with a record that it cannot use. */
  const reject = async (partition: number, offset: number, topic = orders) => {
    const record = (await readAll(orders, partition)).find((each) => each.offset === offset);
    if (!record) throw new Error(`no record at ${offset}`);
    const why = { groupId: 'g', reason: 'not JSON', sentence: 'is not JSON' };
    await all.put(deadLetters, partition, [toDeadLetter({ topic, partition, record, ...why }, Date.now())]);
  };
  const place = (partition: number, ...values: (string | Buffer | null)[]) =>
    all.put(
      orders,
      partition,
      values.map((value) => ({ key: 'k', value, timestamp: 1, headers: { trace: 't1' } })),
    );
  const resubmit = async () => (await all.engine.dispatch(RESUBMIT)).data;
  return { ...all, readAll, reject, place, resubmit };
}

describe('dead-letters resubmit', () => {
  test('sends key, value and headers again to the same partition, each record once however often its letter is there', async () => {
    const { place, reject, readAll, engine } = await parts();
    await place(1, 'oops', Buffer.from([0xff, 0]), orderValue('o-1'), null);
    for (const offset of [0, 1, 1, 2, 3, 0]) await reject(1, offset);
    expect((await engine.dispatch(RESUBMIT)).text).toEqual([
      '4 dead letters resubmitted to orders',
      '  3 still malformed: back as new dead letters when inventory reads them',
    ]);
    const sent = await readAll(orders, 1, 4);
    expect(sent.map(({ value }) => value)).toEqual([
      Buffer.from('oops'),
      Buffer.from([0xff, 0]),
      orderValue('o-1'),
      null,
    ]);
    expect(sent.map(({ key }) => String(key))).toEqual(['k', 'k', 'k', 'k']);
    expect(sent[2]?.headers.map(({ name, value }) => `${name}: ${value}`)).toEqual([
      'trace: t1',
      'x-resubmits: orders/1@2',
    ]);
  });

  test('a second one sends nothing twice; what came back as a new letter goes again', async () => {
    const { place, reject, readAll, resubmit } = await parts();
    await place(0, 'oops', 'oh');
    for (const offset of [0, 1]) await reject(0, offset);
    expect(await resubmit()).toEqual({ resubmitted: 2, stillMalformed: 2, before: 0, others: 0 });
    expect(await resubmit()).toEqual({ resubmitted: 0, stillMalformed: 0, before: 2, others: 0 });
    await reject(0, 2);
    expect(await resubmit()).toEqual({ resubmitted: 1, stillMalformed: 1, before: 2, others: 0 });
    const [again] = await readAll(orders, 0, 4);
    expect(again?.headers.filter(({ name }) => name === 'x-resubmits').map(({ value }) => String(value))).toEqual([
      'orders/0@2',
    ]);
  });

  test('one that was interrupted after a batch goes on with what is missing', async () => {
    const { place, reject, cluster, engine, resubmit, readAll } = await parts();
    for (const partition of [0, 2]) {
      await place(partition, 'oops');
      await reject(partition, 0);
    }
    const stop = new AbortController();
    const { sender } = cluster;
    cluster.sender = (topic, partition) => {
      const real = sender(topic, partition);
      const send: typeof real.send = async (...args) => {
        const sent = await real.send(...args);
        stop.abort();
        return sent;
      };
      return { ...real, send };
    };
    await expect(engine.dispatch(RESUBMIT, { signal: stop.signal })).rejects.toThrow('interrupted');
    cluster.sender = sender;
    expect(await resubmit()).toEqual({ resubmitted: 1, stillMalformed: 1, before: 1, others: 0 });
    for (const partition of [0, 2]) expect(await readAll(orders, partition)).toHaveLength(2);
  });

  test('letters of other topics and records without an origin are left alone', async () => {
    const { place, put, reject, readAll, engine } = await parts();
    await place(0, 'oops');
    await reject(0, 0, 'inventory-events');
    await put(deadLetters, 0, [{ key: null, value: 'x', timestamp: 1 }]);
    expect((await engine.dispatch(RESUBMIT)).text).toEqual(['nothing to resubmit', '  2 not of orders: left alone']);
    expect(await readAll(orders, 0)).toHaveLength(1);
  });

  test('two at the same time would send everything twice: the second is refused', async () => {
    const { place, reject, engine } = await parts();
    await place(0, 'oops');
    await reject(0, 0);
    const first = engine.dispatch(RESUBMIT);
    await expect(engine.dispatch(RESUBMIT)).rejects.toThrow('dead letters are being resubmitted already');
    expect((await first).data).toMatchObject({ resubmitted: 1 });
  });

  test('a resubmitted record that is rejected again makes a letter of its own place', async () => {
    const { place, reject, readAll, resubmit } = await parts();
    await place(0, 'oops');
    await reject(0, 0);
    await resubmit();
    await reject(0, 1);
    const letters = (await readAll(deadLetters, 0)).map(readDeadLetter);
    expect(letters.map((letter) => letter?.offset)).toEqual([0, 1]);
  });
});
