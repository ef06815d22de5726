import { describe, expect, test } from 'vitest';
import { accountOf } from './account.ts';
import { eventIdOf } from './event-id.ts';
import type { LogRecord } from './log.ts';

function log(values: (object | string | null)[], headers: Record<string, string> = {}): LogRecord[] {
  return values.map((value, offset) => ({
    offset,
    key: null,
    value: value === null ? null : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
    headers,
  }));
}

const order = (orderId: string) => ({ eventType: 'OrderPlaced', orderId });

function outcome(orderId: string, offset: number, partition = 0) {
  const source = { topic: 'orders', partition, offset };
  return { eventId: eventIdOf({ ...source, orderId }), eventType: 'InventoryReserved', orderId, source };
}

function account(orders: LogRecord[], events: LogRecord[], letters: LogRecord[] = []) {
  return accountOf('orders', { orders: [orders], events: [events], letters: [letters] });
}

describe('the independent account', () => {
  const orders = log([order('a'), order('b'), order('a'), order('c')]);

  test('counts an order once however often it was placed', () => {
    const events = log([outcome('a', 0), outcome('b', 1), outcome('c', 3)]);
    expect(account(orders, events)).toMatchObject({ total: 4, distinct: 3, accepted: 3, missing: [], orphans: [] });
  });

  test('tells redelivered, repeated and conflicting outcomes apart', () => {
    const events = log([outcome('a', 0), outcome('b', 1), outcome('a', 0), outcome('a', 2), outcome('c', 1)]);
    expect(account(orders, events)).toMatchObject({ redelivered: 1, repeated: 1, conflicts: 1, missing: ['c'] });
  });

  test('folds no outcome of another partition, and none whose id does not match', () => {
    const events = log([outcome('a', 0, 1), { ...outcome('b', 1), orderId: 'x' }]);
    expect(account(orders, events)).toMatchObject({ foreign: 2, accepted: 0 });
  });

  test('names accepted outcomes whose source is another order', () => {
    expect(account(orders, log([outcome('b', 0)])).orphans).toEqual(['0@0']);
  });

  test('wants one letter for each malformed order, copies aside, and none for others', () => {
    const where = (offset: number) => ({
      'kafka_dlt-original-topic': 'orders',
      'kafka_dlt-original-partition': '0',
      'kafka_dlt-original-offset': String(offset),
    });
    const broken = log([order('a'), 'no json', null]);
    const letters = [...log([''], where(1)), ...log([''], where(1)), ...log([''], where(0))];
    expect(account(broken, log([outcome('a', 0)]), letters)).toMatchObject({
      malformed: 2,
      deadLetters: 2,
      wrongLetters: ['0@2', '0@0'],
    });
  });
});
