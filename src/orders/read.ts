import type { Malformed, Source } from './events.ts';
import { OrderReader } from './order-reader.ts';
import type { OutcomeKind } from './outcome.ts';
import { OutcomeReader } from './outcome-reader.ts';

/** An order's value as read, or why it is none. */
export type ReadOrder = { orderId: string; createdAt?: string } | { malformed: Malformed };

/** An outcome's value as read, or why it is none. `source` is left out where it has not our shape. */
export type ReadOutcome =
  | { kind: OutcomeKind; orderId: string; eventId: string; source?: Source }
  | { malformed: Malformed };

const orders = new OrderReader();
const outcomes = new OutcomeReader();

/** Reads a value of `orders`; a hot path keeps an `OrderReader` of its own. */
export function readOrder(value: Buffer | null): ReadOrder {
  if (!orders.read(value)) return { malformed: orders.malformed as Malformed };
  const { orderId, createdAt } = orders;
  return createdAt === undefined ? { orderId } : { orderId, createdAt };
}

/** Reads a value of `inventory-events`; a hot path keeps an `OutcomeReader` of its own. */
export function readOutcome(value: Buffer | null): ReadOutcome {
  if (!outcomes.read(value)) return { malformed: outcomes.malformed as Malformed };
  const { kind, orderId, eventId, source } = outcomes;
  return source === undefined ? { kind, orderId, eventId } : { kind, orderId, eventId, source };
}
