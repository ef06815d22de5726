import type { OutRecord } from '../../kafka/partition-producer.ts';
import type { ConsumedRecord } from '../../kafka/record.ts';
import { encodeOutcome } from '../../orders/encode.ts';
import type { Malformed } from '../../orders/events.ts';
import { createLanes, type Lanes } from '../../orders/hash.ts';
import type { EventIds } from '../../orders/ids.ts';
import { formatIso } from '../../orders/iso.ts';
import type { OrderReader } from '../../orders/order-reader.ts';
import { decideByHash, type OutcomeKind } from '../../orders/outcome.ts';

const MOST_RECORDS = 1_000;
const MOST_BYTES = 256 * 1024;

/** An order decided in this slice, as the fold wants it once its event is acknowledged. */
export type Decision = { sourceOffset: number; lanes: Lanes; kind: OutcomeKind };

export type Rejected = { record: ConsumedRecord; reason: Malformed };

/**
 * A stretch of one partition of `orders`, decided but not yet acknowledged: one batch of outcomes, the dead letters that
 * go before it, and the offset to go on from. Ends at 1,000 records or 256 KB of outcomes.
 */
export class Slice {
  readonly outputs: OutRecord[] = [];
  readonly decisions: Decision[] = [];
  readonly rejected: Rejected[] = [];
  duplicates = 0;
  records = 0;
  /** Offset after the last record taken. */
  next = 0;
  #bytes = 0;
  readonly #decided = new Set<string>();
  readonly #reader: OrderReader;
  readonly #ids: EventIds;
  readonly #topic: string;
  readonly #isKnown: (lanes: Lanes) => boolean;

  constructor(parts: { topic: string; ids: EventIds; reader: OrderReader; isKnown(lanes: Lanes): boolean }) {
    this.#topic = parts.topic;
    this.#ids = parts.ids;
    this.#reader = parts.reader;
    this.#isKnown = parts.isKnown;
  }

  get isFull(): boolean {
    return this.records >= MOST_RECORDS || this.#bytes >= MOST_BYTES;
  }

  /** Takes the next record and decides it, at that fail rate and time (ms). */
  take(record: ConsumedRecord, failRate: number, at: number): void {
    const offset = record.offset;
    this.records += 1;
    this.next = offset + 1;
    const reader = this.#reader;
    if (!reader.read(record.value)) {
      this.rejected.push({ record, reason: reader.malformed as Malformed });
      return;
    }
    const { lanes, orderId } = reader;
    if (this.#isKnown(lanes) || this.#decided.has(orderId)) {
      this.duplicates += 1;
      return;
    }
    this.#decided.add(orderId);
    const kind = decideByHash(lanes, failRate);
    const source = { topic: this.#topic, partition: this.#ids.partition, offset };
    const value = encodeOutcome({ kind, eventId: this.#ids.of(lanes, offset), orderId, at: formatIso(at), source });
    const kept = createLanes();
    kept.set(lanes);
    this.decisions.push({ sourceOffset: offset, lanes: kept, kind });
    this.outputs.push({ key: orderId, value, timestamp: at });
    this.#bytes += value.length + orderId.length;
  }
}
