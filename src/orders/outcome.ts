import { createLanes, type Lanes } from './hash.ts';
import { hashText } from './ids.ts';

/** What became of an order. */
export type OutcomeKind = 'reserved' | 'failed';

/** Decides by the hash of an order id; see `decide`. */
export function decideByHash(orderLanes: Lanes, failRate: number): OutcomeKind {
  return ((orderLanes[1] as number) >>> 0) / 0x1_0000_0000 < failRate ? 'failed' : 'reserved';
}

const lanes = createLanes();

/**
 * The outcome of an order at a fail rate of 0 to 1. It hangs on the order id alone, so a redelivered order is decided
 * alike, and an order that fails at one rate fails at every higher one.
 */
export function decide(orderId: string, failRate: number): OutcomeKind {
  hashText(orderId, lanes);
  return decideByHash(lanes, failRate);
}
