import { MAX_ORDER_ID_BYTES, type Malformed } from './events.ts';
import { createLanes, hashBytes } from './hash.ts';
import { hashText } from './ids.ts';
import { closingQuote, digitsEnd, literal, skip } from './layout.ts';
import { orderIdFault, parseObject } from './plain.ts';

const EVENT_ID = literal('{"eventId":"');
const ORDER_ID = literal('","eventType":"OrderPlaced","orderId":"');
const ITEMS = literal('","items":[');
const SKU = literal('{"sku":"');
const QTY = literal('","qty":');
const CREATED_AT = literal('],"createdAt":"');
const END = literal('"}');
const COMMA = 0x2c;
const CLOSING_BRACE = 0x7d;
const CLOSING_BRACKET = 0x5d;

function itemEnd(bytes: Uint8Array, at: number): number {
  const end = digitsEnd(bytes, skip(bytes, closingQuote(bytes, skip(bytes, at, SKU)), QTY));
  return end >= 0 && bytes[end] === CLOSING_BRACE ? end + 1 : -1;
}

/** The position of the bracket that closes a list of items written as encode.ts writes them. */
function itemsEnd(bytes: Uint8Array, at: number): number {
  if (at < 0 || bytes[at] === CLOSING_BRACKET) return at;
  let end = itemEnd(bytes, at);
  while (end >= 0 && bytes[end] === COMMA) end = itemEnd(bytes, end + 1);
  return end;
}

/**
 * Reads one value of `orders` after the other into its own fields, so that a record costs no object. A value in our own
 * layout is read in place, byte by byte; any other by `JSON.parse`; both ways agree on every value.
 */
export class OrderReader {
  /** Hash of the order id of the value read last. */
  readonly lanes = createLanes();
  /** Why the value read last is no order. */
  malformed: Malformed | undefined;
  #bytes: Buffer | undefined;
  #idFrom = 0;
  #idTo = 0;
  #createdFrom = 0;
  #createdTo = 0;
  #orderId = '';
  #createdAt: string | undefined;

  /** Whether the value is a valid order; the fields are then its own until the next call. */
  read(value: Buffer | null): boolean {
    if (value === null) return this.#refuse('tombstone');
    return this.#readLayout(value) || this.#readPlain(value);
  }

  get orderId(): string {
    return this.#bytes ? this.#bytes.toString('latin1', this.#idFrom, this.#idTo) : this.#orderId;
  }

  get createdAt(): string | undefined {
    return this.#bytes ? this.#bytes.toString('latin1', this.#createdFrom, this.#createdTo) : this.#createdAt;
  }

  /** The first 16 characters of `createdAt`, handing back `last` if it is the same, which spares a string a record. */
  minute(last: string): string | undefined {
    if (!this.#bytes) return this.#createdAt?.slice(0, 16);
    const from = this.#createdFrom;
    const length = Math.min(16, this.#createdTo - from);
    let same = length === last.length ? length : 0;
    while (same > 0 && this.#bytes[from + same - 1] === last.charCodeAt(same - 1)) same--;
    return same === 0 && length === last.length ? last : this.#bytes.toString('latin1', from, from + length);
  }

  #refuse(reason: Malformed): false {
    this.malformed = reason;
    return false;
  }

  #readLayout(value: Buffer): boolean {
    const idFrom = skip(value, closingQuote(value, skip(value, 0, EVENT_ID)), ORDER_ID);
    const idTo = closingQuote(value, idFrom);
    const createdFrom = skip(value, itemsEnd(value, skip(value, idTo, ITEMS)), CREATED_AT);
    const createdTo = closingQuote(value, createdFrom);
    if (skip(value, createdTo, END) !== value.length) return false;
    if (idTo === idFrom || idTo - idFrom > MAX_ORDER_ID_BYTES) return false;
    this.#bytes = value;
    this.#idFrom = idFrom;
    this.#idTo = idTo;
    this.#createdFrom = createdFrom;
    this.#createdTo = createdTo;
    hashBytes(value, idFrom, idTo, this.lanes);
    return true;
  }

  #readPlain(value: Buffer): boolean {
    const event = parseObject(value);
    if (typeof event === 'string') return this.#refuse(event);
    if (event['eventType'] !== 'OrderPlaced') return this.#refuse('eventType is not OrderPlaced');
    const fault = orderIdFault(event['orderId']);
    if (fault) return this.#refuse(fault);
    this.#bytes = undefined;
    this.#orderId = event['orderId'] as string;
    this.#createdAt = typeof event['createdAt'] === 'string' ? event['createdAt'] : undefined;
    hashText(this.#orderId, this.lanes);
    return true;
  }
}
