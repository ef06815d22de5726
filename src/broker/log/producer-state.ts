import { ERRORS, type ErrorCode } from '../protocol/errors.ts';
import type { BatchHeader } from '../protocol/record-batch.ts';

/** Batches remembered per producer: a client has at most five requests in flight (KIP-98). */
const REMEMBERED = 5;
const MAX_SEQUENCE = 2 ** 31 - 1;

/** A batch as it was appended, for recognising it when it comes again. */
export type RememberedBatch = { firstSequence: number; lastSequence: number; baseOffset: number };

/** One idempotent producer in one partition. */
export type ProducerEntry = {
  producerId: number;
  epoch: number;
  /** Time of the last append, in milliseconds, for forgetting. */
  lastSeen: number;
  /** Oldest first. */
  batches: RememberedBatch[];
};

/** What is to be done with a batch: append it, answer with where its twin lies, or refuse it. */
export type Verdict =
  | { kind: 'append' }
  | { kind: 'duplicate'; baseOffset: number }
  | { kind: 'refused'; error: ErrorCode };

const APPEND: Verdict = { kind: 'append' };

/** `sequence + steps` in the ring from 0 to 2^31 - 1. */
export function addSequence(sequence: number, steps: number): number {
  return (sequence + steps) % (MAX_SEQUENCE + 1);
}

/** Sequences of the idempotent producers of one partition: what makes a repeated send harmless and a gap visible. */
export class ProducerState {
  private readonly producers = new Map<number, ProducerEntry>();

  get size(): number {
    return this.producers.size;
  }

  /** Judges a batch before it is appended. An unknown producer may begin anywhere: its records may have aged out. */
  judge(header: BatchHeader): Verdict {
    if (header.producerId < 0) return APPEND;
    const entry = this.producers.get(header.producerId);
    if (!entry) return APPEND;
    if (header.producerEpoch < entry.epoch) return { kind: 'refused', error: ERRORS.INVALID_PRODUCER_EPOCH };
    if (header.producerEpoch > entry.epoch) return header.baseSequence === 0 ? APPEND : outOfOrder();
    const twin = entry.batches.find((batch) => isTwin(batch, header));
    if (twin) return { kind: 'duplicate', baseOffset: twin.baseOffset };
    const last = entry.batches.at(-1);
    return !last || header.baseSequence === addSequence(last.lastSequence, 1) ? APPEND : outOfOrder();
  }

  /** Remembers a batch that was appended at `baseOffset`. */
  record(header: BatchHeader, baseOffset: number, now: number): void {
    if (header.producerId < 0) return;
    const entry = this.entryFor(header);
    const lastSequence = addSequence(header.baseSequence, header.lastOffsetDelta);
    entry.batches.push({ firstSequence: header.baseSequence, lastSequence, baseOffset });
    if (entry.batches.length > REMEMBERED) entry.batches.shift();
    entry.lastSeen = now;
  }

  /** Forgets producers not seen since `before`; an id that comes back later is as good as new. */
  expire(before: number): void {
    for (const [id, { lastSeen }] of this.producers) if (lastSeen < before) this.producers.delete(id);
  }

  /** All entries, for a snapshot. */
  entries(): ProducerEntry[] {
    return [...this.producers.values()];
  }

  /** Puts the entries of a snapshot back. */
  restore(entries: ProducerEntry[]): void {
    this.producers.clear();
    for (const entry of entries) this.producers.set(entry.producerId, entry);
  }

  /** A higher epoch is a new life of the same id: the old batches are no longer its own. */
  private entryFor(header: BatchHeader): ProducerEntry {
    const { producerId, producerEpoch } = header;
    let entry = this.producers.get(producerId);
    if (!entry || entry.epoch !== producerEpoch) {
      entry = { producerId, epoch: producerEpoch, lastSeen: 0, batches: [] };
      this.producers.set(producerId, entry);
    }
    return entry;
  }
}

function isTwin(batch: RememberedBatch, header: BatchHeader): boolean {
  const last = addSequence(header.baseSequence, header.lastOffsetDelta);
  return batch.firstSequence === header.baseSequence && batch.lastSequence === last;
}

function outOfOrder(): Verdict {
  return { kind: 'refused', error: ERRORS.OUT_OF_ORDER_SEQUENCE_NUMBER };
}
