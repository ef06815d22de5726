import { encodeOrder, encodeOutcome } from '../../src/orders/encode.ts';
import { eventIdOf } from '../../src/orders/ids.ts';
import type { OutcomeKind } from '../../src/orders/outcome.ts';

/** Names of the topics in these tests. */
export const TOPICS = { orders: 'orders', inventoryEvents: 'inventory-events' };

/** The value of an order, as the program writes it. */
export function orderValue(orderId: string, createdAt = '2026-02-19T04:30:00.000Z'): Buffer {
  return Buffer.from(encodeOrder({ eventId: `e-${orderId}`, orderId, items: [{ sku: 'burrito', qty: 1 }], createdAt }));
}

type OutcomeParts = { orderId: string; kind?: OutcomeKind; partition?: number; offset: number };

/** The value of an own outcome of the order at `orders[partition]@offset`. */
export function outcomeValue({ orderId, kind = 'reserved', partition = 0, offset }: OutcomeParts): Buffer {
  const source = { topic: TOPICS.orders, partition, offset };
  const at = '2026-02-19T04:30:01.000Z';
  return Buffer.from(encodeOutcome({ kind, orderId, eventId: eventIdOf(source, orderId), at, source }));
}

/** The value of an older producer's outcome, which has no source. */
export function legacyValue(orderId: string, kind: OutcomeKind = 'reserved'): Buffer {
  const eventType = kind === 'reserved' ? 'InventoryReserved' : 'InventoryFailed';
  return Buffer.from(JSON.stringify({ eventId: 'old', eventType, orderId, createdAt: '2026-02-19T04:30:01+00:00' }));
}
