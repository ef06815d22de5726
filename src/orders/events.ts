import type { OutcomeKind } from './outcome.ts';

/** Where in the log an outcome's order stands. */
export type Source = { topic: string; partition: number; offset: number };

/** One line of an order. */
export type Item = { sku: string; qty: number };

/** An order as it stands in `orders`, keyed by its order id. */
export type OrderPlaced = {
  eventId: string;
  eventType: 'OrderPlaced';
  orderId: string;
  items: readonly Item[];
  /** ISO 8601, UTC. */
  createdAt: string;
};

/** The outcome of an order that found its stock. `source` is absent only in events of older producers. */
export type InventoryReserved = {
  eventId: string;
  eventType: 'InventoryReserved';
  orderId: string;
  reservedAt: string;
  createdAt: string;
  source?: Source;
};

/** The outcome of an order that did not. */
export type InventoryFailed = {
  eventId: string;
  eventType: 'InventoryFailed';
  orderId: string;
  reason: 'OUT_OF_STOCK';
  createdAt: string;
  source?: Source;
};

/** Any event of the two topics. */
export type PipelineEvent = OrderPlaced | InventoryReserved | InventoryFailed;

/** Why a record is no event of ours. */
export type Malformed =
  | 'tombstone'
  | 'not JSON'
  | 'not a JSON object'
  | 'eventType is not OrderPlaced'
  | 'eventType is no outcome'
  | 'orderId is missing'
  | 'orderId is longer than 256 bytes';

/** An order id is at most so many UTF-8 bytes long. */
export const MAX_ORDER_ID_BYTES = 256;

/** What `encodeOutcome` is given; `at` is the outcome's own time in ISO 8601. */
export type OutcomeToEncode = { kind: OutcomeKind; eventId: string; orderId: string; at: string; source: Source };
