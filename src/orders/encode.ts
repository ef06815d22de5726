import type { OrderPlaced, OutcomeToEncode } from './events.ts';

/** Anything but what JSON lets stand for itself. Surrogates are left to `JSON.stringify`, which knows pairs from lone ones. */
const ESCAPED = /[^ !#-[\]-\ud7ff\ue000-\uffff]/;

function quote(text: string): string {
  return ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`;
}

/**
 * The value of an order in our layout from parts: `eventId` and `createdAt` must need no escaping and `itemsJson` is
 * JSON already. For callers that write many orders with the same few items.
 */
export function layOutOrder(eventId: string, orderId: string, itemsJson: string, createdAt: string): string {
  return `{"eventId":"${eventId}","eventType":"OrderPlaced","orderId":${quote(orderId)},"items":${itemsJson},"createdAt":"${createdAt}"}`;
}

/** The value of any order, whatever its texts and items hold. */
export function encodeOrder(order: Omit<OrderPlaced, 'eventType' | 'items'> & { items: unknown }): string {
  const { eventId, orderId, items, createdAt } = order;
  return `{"eventId":${quote(eventId)},"eventType":"OrderPlaced","orderId":${quote(orderId)},"items":${JSON.stringify(items) ?? '[]'},"createdAt":${quote(createdAt)}}`;
}

/** The value of an outcome. The topic name needs no escaping: Kafka allows letters, digits, dot, dash and underscore. */
export function encodeOutcome({ kind, eventId, orderId, at, source }: OutcomeToEncode): string {
  const middle =
    kind === 'reserved'
      ? `"InventoryReserved","orderId":${quote(orderId)},"reservedAt":"${at}"`
      : `"InventoryFailed","orderId":${quote(orderId)},"reason":"OUT_OF_STOCK"`;
  return `{"eventId":"${eventId}","eventType":${middle},"createdAt":"${at}","source":{"topic":"${source.topic}","partition":${source.partition},"offset":${source.offset}}}`;
}
