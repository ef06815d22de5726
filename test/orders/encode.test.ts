import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeOrder, encodeOutcome, layOutOrder } from '../../src/orders/encode.ts';
import { anyUnits } from './texts.ts';

const text = anyUnits(40);

describe('encode', () => {
  test('an order reads back as it was, whatever its texts hold', () => {
    const items = fc.array(fc.record({ sku: text, qty: fc.nat() }), { maxLength: 3 });
    fc.assert(
      fc.property(fc.record({ eventId: text, orderId: text, items, createdAt: text }), (order) => {
        expect(JSON.parse(encodeOrder(order))).toEqual({ ...order, eventType: 'OrderPlaced' });
      }),
    );
  });

  test('an order from parts is byte for byte the order', () => {
    const order = { eventId: 'e-1', orderId: 'o-"1"', items: [{ sku: 'burrito', qty: 1 }], createdAt: '2026' };
    expect(layOutOrder('e-1', 'o-"1"', JSON.stringify(order.items), '2026')).toBe(encodeOrder(order));
  });

  test('outcomes have the fields of the contract, in its order', () => {
    const source = { topic: 'orders', partition: 2, offset: 7 };
    const common = { eventId: 'ab', orderId: 'o-1', at: '2026', source };
    expect(encodeOutcome({ kind: 'reserved', ...common })).toBe(
      '{"eventId":"ab","eventType":"InventoryReserved","orderId":"o-1","reservedAt":"2026","createdAt":"2026","source":{"topic":"orders","partition":2,"offset":7}}',
    );
    expect(encodeOutcome({ kind: 'failed', ...common })).toBe(
      '{"eventId":"ab","eventType":"InventoryFailed","orderId":"o-1","reason":"OUT_OF_STOCK","createdAt":"2026","source":{"topic":"orders","partition":2,"offset":7}}',
    );
  });

  test('an outcome of any order id reads back with that id', () => {
    const source = { topic: 'orders', partition: 0, offset: 0 };
    fc.assert(
      fc.property(text, (orderId) => {
        const value = encodeOutcome({ kind: 'failed', eventId: 'ab', orderId, at: '2026', source });
        expect(JSON.parse(value)).toMatchObject({ orderId, source });
      }),
    );
  });
});
