import { MAX_ORDER_ID_BYTES, type Malformed, type Source } from './events.ts';
import { createLanes, hashBytes } from './hash.ts';
import { type EventIds, hashText } from './ids.ts';
import { closingQuote, digitsEnd, digitsValue, literal, skip } from './layout.ts';
import type { OutcomeKind } from './outcome.ts';
import { orderIdFault, parseObject } from './plain.ts';

const EVENT_ID = literal('{"eventId":"');
const RESERVED = literal('","eventType":"InventoryReserved","orderId":"');
const FAILED = literal('","eventType":"InventoryFailed","orderId":"');
const RESERVED_AT = literal('","reservedAt":"');
const REASON = literal('","reason":"OUT_OF_STOCK');
const CREATED_AT = literal('","createdAt":"');
const TOPIC = literal('","source":{"topic":"');
const PARTITION = literal('","partition":');
const OFFSET = literal(',"offset":');
const END = literal('}}');

const KINDS = new Map<unknown, OutcomeKind>([
  ['InventoryReserved', 'reserved'],
  ['InventoryFailed', 'failed'],
]);

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/**
 * Reads one value of `inventory-events` after the other into its own fields, as `OrderReader` does for orders. A source
 * is `none` in an older producer's event, `own` if it has our shape, and `odd` otherwise.
 */
export class OutcomeReader {
  /** Hash of the order id of the value read last. */
  readonly lanes = createLanes();
  /** Why the value read last is no outcome. */
  malformed: Malformed | undefined;
  kind: OutcomeKind = 'reserved';
  sourceShape: 'none' | 'own' | 'odd' = 'none';
  /** Partition and offset of the source, if its shape is `own`. */
  partition = 0;
  offset = 0;
  #bytes: Buffer | undefined;
  #idFrom = 0;
  #idTo = 0;
  #eventIdTo = 0;
  #topicFrom = 0;
  #topicTo = 0;
  #orderId = '';
  #eventId = '';
  #topic = '';

  /** Whether the value is a valid outcome; the fields are then its own until the next call. */
  read(value: Buffer | null): boolean {
    if (value === null) return this.#refuse('tombstone');
    return this.#readLayout(value) || this.#readPlain(value);
  }

  get orderId(): string {
    return this.#bytes ? this.#bytes.toString('latin1', this.#idFrom, this.#idTo) : this.#orderId;
  }

  get eventId(): string {
    return this.#bytes ? this.#bytes.toString('latin1', EVENT_ID.length, this.#eventIdTo) : this.#eventId;
  }

  /** The whole source, if its shape is `own`. */
  get source(): Source | undefined {
    if (this.sourceShape !== 'own') return undefined;
    const topic = this.#bytes ? this.#bytes.toString('latin1', this.#topicFrom, this.#topicTo) : this.#topic;
    return { topic, partition: this.partition, offset: this.offset };
  }

  /** Whether the source is the partition of `ids` and the event id is the one derived from it. */
  isOf(ids: EventIds): boolean {
    if (this.sourceShape !== 'own' || this.partition !== ids.partition) return false;
    if (!this.#bytes) return this.#topic === ids.topic && this.#eventId === ids.of(this.lanes, this.offset);
    if (this.#topicTo - this.#topicFrom !== ids.topicBytes.length) return false;
    if (skip(this.#bytes, this.#topicFrom, ids.topicBytes) < 0) return false;
    return ids.matches(this.lanes, this.offset, this.#bytes, EVENT_ID.length, this.#eventIdTo);
  }

  #refuse(reason: Malformed): false {
    this.malformed = reason;
    return false;
  }

  #readLayout(value: Buffer): boolean {
    const eventIdTo = closingQuote(value, skip(value, 0, EVENT_ID));
    const reservedFrom = skip(value, eventIdTo, RESERVED);
    const idFrom = reservedFrom < 0 ? skip(value, eventIdTo, FAILED) : reservedFrom;
    const idTo = closingQuote(value, idFrom);
    if (idTo <= idFrom || idTo - idFrom > MAX_ORDER_ID_BYTES) return false;
    const created = reservedFrom < 0 ? skip(value, idTo, REASON) : closingQuote(value, skip(value, idTo, RESERVED_AT));
    const topicFrom = skip(value, closingQuote(value, skip(value, created, CREATED_AT)), TOPIC);
    const topicTo = closingQuote(value, topicFrom);
    if (!this.#readNumbers(value, skip(value, topicTo, PARTITION))) return false;
    this.#bytes = value;
    this.kind = reservedFrom < 0 ? 'failed' : 'reserved';
    this.sourceShape = 'own';
    this.#idFrom = idFrom;
    this.#idTo = idTo;
    this.#eventIdTo = eventIdTo;
    this.#topicFrom = topicFrom;
    this.#topicTo = topicTo;
    hashBytes(value, idFrom, idTo, this.lanes);
    return true;
  }

  #readNumbers(value: Buffer, partitionFrom: number): boolean {
    const partitionTo = digitsEnd(value, partitionFrom);
    const offsetFrom = skip(value, partitionTo, OFFSET);
    const offsetTo = digitsEnd(value, offsetFrom);
    if (skip(value, offsetTo, END) !== value.length) return false;
    this.partition = digitsValue(value, partitionFrom, partitionTo);
    this.offset = digitsValue(value, offsetFrom, offsetTo);
    return true;
  }

  #readPlain(value: Buffer): boolean {
    const event = parseObject(value);
    if (typeof event === 'string') return this.#refuse(event);
    const kind = KINDS.get(event['eventType']);
    if (!kind) return this.#refuse('eventType is no outcome');
    const fault = orderIdFault(event['orderId']);
    if (fault) return this.#refuse(fault);
    this.#bytes = undefined;
    this.kind = kind;
    this.#orderId = event['orderId'] as string;
    this.#eventId = typeof event['eventId'] === 'string' ? event['eventId'] : '';
    this.#readSource(event['source']);
    hashText(this.#orderId, this.lanes);
    return true;
  }

  #readSource(source: unknown): void {
    this.sourceShape = source === undefined || source === null ? 'none' : 'odd';
    if (typeof source !== 'object' || source === null) return;
    const { topic, partition, offset } = source as Record<string, unknown>;
    if (typeof topic !== 'string' || !isCount(partition) || !isCount(offset)) return;
    this.sourceShape = 'own';
    this.#topic = topic;
    this.partition = partition;
    this.offset = offset;
  }
}
