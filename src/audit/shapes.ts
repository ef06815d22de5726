import type { Source } from '../orders/events.ts';

/** An outcome as the audit reads it; `source` is null in an older producer's event and undefined if it is not of our shape. */
export type AuditOutcome = { orderId: string; failed: boolean; eventId: unknown; source: Source | null | undefined };

function parse(value: Buffer | null): Record<string, unknown> | undefined {
  if (value === null) return undefined;
  try {
    const event: unknown = JSON.parse(value.toString('utf8'));
    return typeof event === 'object' && event !== null ? (event as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function orderIdOf(event: Record<string, unknown>): string | undefined {
  const { orderId } = event;
  if (typeof orderId !== 'string' || orderId.length === 0) return undefined;
  // A UTF-16 unit takes three bytes of UTF-8 at most, so that short ids need no counting.
  return orderId.length <= 85 || Buffer.byteLength(orderId) <= 256 ? orderId : undefined;
}

function isWhole(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function sourceOf(source: unknown): Source | null | undefined {
  if (source === undefined || source === null) return null;
  if (typeof source !== 'object') return undefined;
  const { topic, partition, offset } = source as Record<string, unknown>;
  return typeof topic === 'string' && isWhole(partition) && isWhole(offset) ? { topic, partition, offset } : undefined;
}

/** The order id of a valid order; undefined for anything else. */
export function readAuditOrder(value: Buffer | null): string | undefined {
  const event = parse(value);
  return event?.['eventType'] === 'OrderPlaced' ? orderIdOf(event) : undefined;
}

/** A valid outcome; undefined for anything else. */
export function readAuditOutcome(value: Buffer | null): AuditOutcome | undefined {
  const event = parse(value);
  const type = event?.['eventType'];
  if (event === undefined || (type !== 'InventoryReserved' && type !== 'InventoryFailed')) return undefined;
  const orderId = orderIdOf(event);
  if (orderId === undefined) return undefined;
  return { orderId, failed: type === 'InventoryFailed', eventId: event['eventId'], source: sourceOf(event['source']) };
}
