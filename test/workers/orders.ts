import type { OutRecord } from '../../src/kafka/partition-producer.ts';
import { encodeOrder, encodeOutcome } from '../../src/orders/encode.ts';
import { eventIdOf } from '../../src/orders/ids.ts';
import type { OutcomeKind } from '../../src/orders/outcome.ts';

/** Names of the topics in these tests. */
export const TOPICS = { orders: 'orders', inventoryEvents: 'inventory-events', deadLetters: 'orders-dead-letters' };

const CREATED_AT = '2026-02-19T12:00:00.000Z';

/** An order as a producer sends it. */
export function order(orderId: string, timestamp = 1_000): OutRecord {
  const value = encodeOrder({ eventId: `e-${orderId}`, orderId, items: [], createdAt: CREATED_AT });
  return { key: orderId, value, timestamp };
}

/** A record of `orders` that is none. */
export function nonsense(key = 'x'): OutRecord {
  return { key, value: 'no order', timestamp: 1_000 };
}

/** The outcome of the order at `orders[partition]@offset`, as another program of ours wrote it. */
export function outcome(orderId: string, offset: number, kind: OutcomeKind = 'reserved', partition = 0): OutRecord {
  const source = { topic: TOPICS.orders, partition, offset };
  const value = encodeOutcome({ kind, eventId: eventIdOf(source, orderId), orderId, at: CREATED_AT, source });
  return { key: orderId, value, timestamp: 2_000 };
}
