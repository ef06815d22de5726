import { describe, expect, test } from 'vitest';
import { printPlaced } from '../../../src/engine/commands/produce.ts';
import type { CommandOf } from '../../../src/engine/hall.ts';
import { faultOfCode, SendDoubt } from '../../../src/kafka/errors.ts';
import { partitionFor } from '../../../src/kafka/partitioner.ts';
import { readOrder } from '../../../src/orders/read.ts';
import { TOPICS } from '../fake-cluster.ts';
import { createFakeEngine } from '../fake-hall.ts';

const PRODUCE: CommandOf<'produce'> = { verb: 'produce', items: [{ sku: 'burrito', qty: 1 }], count: 1 };

function parts() {
  const all = createFakeEngine();
  const at = (partition: number) => all.cluster.log.get(`${TOPICS.orders}/${partition}`) ?? [];
  return { ...all, at };
}

describe('produce', () => {
  test('an order goes to the partition of its id, and it is told where it is', async () => {
    const { engine, at } = parts();
    const partition = partitionFor('o-1', 3);
    const { data, text } = await engine.dispatch({ ...PRODUCE, orderId: 'o-1' });
    expect(data).toEqual({ topic: 'orders', records: [{ orderId: 'o-1', partition, offset: 0 }] });
    expect(text).toEqual([`o-1 is orders/${partition}@0`]);
    const [record] = at(partition);
    expect(record?.key?.toString()).toBe('o-1');
    expect(readOrder(record?.value ?? null)).toMatchObject({ orderId: 'o-1' });
  });

  test('without an id each order gets one of its own, of eight hex digits, that no other order of the program gets', async () => {
    const { engine } = parts();
    const placed = await Promise.all([
      engine.dispatch({ ...PRODUCE, count: 5000 }),
      engine.dispatch({ ...PRODUCE, count: 5000 }),
    ]);
    const ids = JSON.stringify(placed.map(({ data }) => data)).match(/o-[0-9a-f]{8}(?=")/g) ?? [];
    expect(ids).toHaveLength(10_000);
    expect(new Set(ids).size).toBe(10_000);
  });

  test('with an id and a count it is the same id so many times', async () => {
    const { engine, at } = parts();
    await engine.dispatch({ ...PRODUCE, orderId: 'o-1', count: 2500 });
    expect(at(partitionFor('o-1', 3))).toHaveLength(2500);
  });

  test('key and partition are taken as given, and so are raw values and tombstones', async () => {
    const { engine, at } = parts();
    await engine.dispatch({ ...PRODUCE, orderId: 'o-1', key: 'k', partition: 2 });
    await engine.dispatch({ ...PRODUCE, raw: 'no json', partition: 2 });
    await engine.dispatch({ ...PRODUCE, raw: null, key: 'k', partition: 2 });
    const read = at(2).map(({ key, value }) => [key?.toString(), value?.toString().slice(0, 7)]);
    expect(read).toEqual([
      ['k', '{"event'],
      [undefined, 'no json'],
      ['k', undefined],
    ]);
  });

  test('a partition that is not there is refused', async () => {
    const { engine } = parts();
    const produced = engine.dispatch({ ...PRODUCE, partition: 3 });
    await expect(produced).rejects.toThrow('orders has no partition 3: it has 0 to 2');
  });

  test('a send in doubt is sent again by a new producer', async () => {
    const { engine, cluster, clock, at } = parts();
    const sender = cluster.sender;
    let made = 0;
    cluster.sender = (topic, partition) => {
      const doubtful = made++ === 0;
      const real = sender(topic, partition);
      return { ...real, send: (records) => (doubtful ? Promise.reject(doubt(7)) : real.send(records)) };
    };
    const produced = engine.dispatch({ ...PRODUCE, orderId: 'o-1' });
    await clock.advance(1000);
    await produced;
    expect(made).toBe(2);
    expect(at(partitionFor('o-1', 3))).toHaveLength(1);
  });

  test('one that is refused for good names its order', async () => {
    const { engine, cluster } = parts();
    const send = () => Promise.reject(doubt(10));
    cluster.sender = () => ({ send, close: async () => {} });
    const produced = engine.dispatch({ ...PRODUCE, orderId: 'o-1' });
    await expect(produced).rejects.toMatchObject({
      code: 'KAFKA_REFUSED',
      message: expect.stringMatching(/^order o-1 was not acknowledged by orders\/\d: /),
      fix: 'produce again with the same id: a copy is counted once',
    });
  });

  test('two produces at the same time to one partition wait for each other', async () => {
    const { engine, cluster } = parts();
    const sender = cluster.sender;
    let [now, most] = [0, 0];
    cluster.sender = (topic, partition) => {
      const real = sender(topic, partition);
      const send: typeof real.send = async (records) => {
        most = Math.max(most, ++now);
        await new Promise((resolve) => setImmediate(resolve));
        now--;
        return real.send(records);
      };
      return { ...real, send };
    };
    const place = () => engine.dispatch({ ...PRODUCE, orderId: 'o-1' });
    await Promise.all([place(), place(), place()]);
    expect(most).toBe(1);
  });

  test('many records are printed up to a screenful', () => {
    const placed = Array.from({ length: 25 }, (_, offset) => ({ orderId: null, partition: 0, offset }));
    const lines = printPlaced('orders', placed);
    expect(lines[0]).toBe('raw record is orders/0@0');
    expect(lines.at(-1)).toBe('and 5 more records');
    expect(lines).toHaveLength(21);
  });
});

function doubt(code: number): SendDoubt {
  return new SendDoubt(faultOfCode(code, 'orders/0'));
}
