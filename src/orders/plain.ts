import { MAX_ORDER_ID_BYTES, type Malformed } from './events.ts';
import { encodeUtf8 } from './utf8.ts';

/** The plain way to a value: all of JSON, at the price of a parse. Gives the object, or why there is none. */
export function parseObject(value: Buffer): Record<string, unknown> | Malformed {
  let parsed: unknown;
  try {
    parsed = JSON.parse(value.toString('utf8'));
  } catch {
    return 'not JSON';
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return 'not a JSON object';
  return parsed as Record<string, unknown>;
}

/** What is wrong with an order id, if anything is. */
export function orderIdFault(orderId: unknown): Malformed | undefined {
  if (typeof orderId !== 'string' || orderId === '') return 'orderId is missing';
  return encodeUtf8(orderId).length > MAX_ORDER_ID_BYTES ? 'orderId is longer than 256 bytes' : undefined;
}
