import { describe, expect, test } from 'vitest';
import { encodeOrder, encodeOutcome } from '../../../src/orders/encode.ts';
import { TOPICS } from '../fake-cluster.ts';
import { createFakeEngine } from '../fake-hall.ts';

function parts() {
  const all = createFakeEngine();
  const put = (topic: string, partition: number, value: string | null, timestamp: number, headers = {}) =>
    all.cluster.sender(topic, partition).send([{ key: null, value, timestamp, headers }]);
  return { ...all, put };
}

const order = (orderId: string) =>
  encodeOrder({ eventId: 'e', orderId, items: [], createdAt: '2026-01-01T00:00:00.000Z' });

describe('records', () => {
  test('without an offset the latest of all partitions are shown, in order of time', async () => {
    const { engine, put } = parts();
    for (const time of [1, 4, 5]) await put(TOPICS.orders, 0, `a${time}`, time);
    for (const time of [2, 3, 6]) await put(TOPICS.orders, 1, `b${time}`, time);
    const { data } = await engine.dispatch({ verb: 'records', topic: 'orders', limit: 3 });
    expect(JSON.stringify(data).match(/[ab]\d/g)).toEqual(['a4', 'a5', 'b6']);
  });

  test('from an offset on, as many as asked', async () => {
    const { engine, put } = parts();
    for (const time of [0, 1, 2, 3, 4]) await put(TOPICS.orders, 1, `v${time}`, time);
    const { text } = await engine.dispatch({ verb: 'records', topic: 'orders', partition: 1, from: 1, limit: 3 });
    expect(text).toEqual([
      'orders/1@1  1970-01-01 00:00:00.001  null  v1',
      'orders/1@2  1970-01-01 00:00:00.002  null  v2',
      'orders/1@3  1970-01-01 00:00:00.003  null  v3',
    ]);
  });

  test('bytes that are no text are shown as hex, control characters as escapes', async () => {
    const { engine, cluster } = parts();
    const at = { topic: TOPICS.deadLetters, partition: 0 };
    const values = [Buffer.from([0xff, 0x00]), Buffer.from('\u001b[2J')];
    for (const value of values) await cluster.sender(at.topic, at.partition).send([{ key: null, value, timestamp: 0 }]);
    const { text } = await engine.dispatch({ verb: 'records', topic: 'dead-letters', limit: 5 });
    expect(text.map((line) => line.split('  ').at(-1))).toEqual(['0xff00', '\\u001b[2J']);
  });

  test('an empty topic has no records, a partition that is not there is refused', async () => {
    const { engine } = parts();
    expect((await engine.dispatch({ verb: 'records', topic: 'orders', limit: 5 })).text).toEqual(['no records']);
    const refused = engine.dispatch({ verb: 'records', topic: 'orders', partition: 9, limit: 5 });
    await expect(refused).rejects.toThrow('there is no orders/9');
  });

  test('reading can be interrupted', async () => {
    const { engine, put } = parts();
    await put(TOPICS.orders, 0, 'v', 0);
    const signal = AbortSignal.abort();
    const read = engine.dispatch({ verb: 'records', topic: 'orders', limit: 5 }, { signal });
    await expect(read).rejects.toThrow('interrupted before it was done');
  });
});

describe('trace', () => {
  test('it finds an order, its copies and its outcome, and nothing of others', async () => {
    const { engine, put } = parts();
    const source = { topic: TOPICS.orders, partition: 1, offset: 1 };
    for (const id of ['o-2', 'o-1', 'o-11', 'o-1']) await put(TOPICS.orders, 1, order(id), 5);
    const outcome = { kind: 'reserved', eventId: 'e', at: '2026-01-01T00:00:00.000Z', source } as const;
    await put(TOPICS.inventoryEvents, 1, encodeOutcome({ ...outcome, orderId: 'o-2' }), 6);
    await put(TOPICS.inventoryEvents, 1, encodeOutcome({ ...outcome, orderId: 'o-1' }), 7);
    const { text } = await engine.dispatch({ verb: 'trace', orderId: 'o-1' });
    expect(text).toEqual([
      'time                     where                 what',
      '1970-01-01 00:00:00.005  orders/1@1            placed',
      '1970-01-01 00:00:00.005  orders/1@3            placed',
      '1970-01-01 00:00:00.007  inventory-events/1@1  reserved, of orders/1@1',
    ]);
  });

  test('an id that JSON escapes is found, in whatever way it was written', async () => {
    const { engine, put } = parts();
    await put(TOPICS.orders, 0, order('ö"1'), 5);
    await put(TOPICS.orders, 0, order('o-1').replace('o-1', '\\u006f-1'), 5);
    expect((await engine.dispatch({ verb: 'trace', orderId: 'ö"1' })).text).toHaveLength(2);
    expect((await engine.dispatch({ verb: 'trace', orderId: 'o-1' })).text).toHaveLength(2);
  });

  test('an order that is not there is not there', async () => {
    const { engine } = parts();
    const { text } = await engine.dispatch({ verb: 'trace', orderId: 'o-9' });
    expect(text).toEqual(['the log holds nothing of o-9']);
  });
});

describe('dead-letters', () => {
  test('they are summed by reason, copies left out, and the latest are shown', async () => {
    const { engine, put } = parts();
    const letter = (offset: number, reason: string) =>
      put(TOPICS.deadLetters, 0, 'x', 0, {
        'kafka_dlt-original-topic': 'orders',
        'kafka_dlt-original-partition': '0',
        'kafka_dlt-original-offset': String(offset),
        'kafka_dlt-original-timestamp': '0',
        'kafka_dlt-exception-message': `is ${reason}`,
        'x-reason': reason,
      });
    for (const [offset, reason] of [
      [1, 'tombstone'],
      [4, 'not JSON'],
      [4, 'not JSON'],
      [6, 'tombstone'],
    ] as const) {
      await letter(offset, reason);
    }
    const { text } = await engine.dispatch({ verb: 'dead-letters', action: 'list' });
    expect(text).toEqual(
      [
        '3 dead letters',
        '  tombstone  2',
        '  not JSON   1',
        'time                     from      why',
        '1970-01-01 00:00:00.000  orders/0@1  is tombstone',
        '1970-01-01 00:00:00.000  orders/0@4  is not JSON',
        '1970-01-01 00:00:00.000  orders/0@6  is tombstone',
      ].map((line) => line.replace('from      why', 'from        why')),
    );
  });
});
