import { createGauge } from '../gauge.ts';
import { createBuckets } from '../histogram.ts';
import type { Histogram, Percentiles } from '../messages.ts';
import { Waiting } from './waiting.ts';

/** Of an order that is of no load, or of one that is not measured. */
const NO_LOAD = 0;

/**
 * Measures end to end: from an order's timestamp (of a load: when it was meant to be sent) to the fold of its outcome.
 * The two are paired by the source offset, whichever is read first, so events need no more fields. Orders of the latest
 * load give percentiles; they and all others placed since `since` (ms) fill the buckets, so that an old log read anew
 * counts for nothing.
 */
export class Latency {
  readonly #since: number;
  readonly #ofLoad = createGauge();
  readonly #ofAll = createBuckets();
  #prefix = Buffer.alloc(0);
  /** Counts the loads, from 1: half a pair of an earlier one is no part of this one's percentiles. */
  #load = 0;
  #placed = new Map<number, Waiting>();
  #folded = new Map<number, Waiting>();

  constructor(since: number) {
    this.#since = since;
  }

  /** Forgets the percentiles and takes them of the orders of this run from now on. */
  begin(run: string): void {
    this.#ofLoad.reset();
    this.#prefix = Buffer.from(`${run}-`);
    this.#load += 1;
  }

  /** Forgets what waits for its other half: the offsets belong to another log now. */
  clear(): void {
    this.#placed = new Map();
    this.#folded = new Map();
  }

  /** True while the orders of a load are told from others. */
  get isOn(): boolean {
    return this.#prefix.length > 0;
  }

  /** Whether a record with this key is of the run that is measured. */
  measures(key: Buffer | null): boolean {
    const { length } = this.#prefix;
    return length > 0 && key !== null && key.length > length && this.#prefix.compare(key, 0, length) === 0;
  }

  /** An order was folded; `timestamp` is its record's. */
  placed(partition: number, offset: number, timestamp: number, ofLoad: boolean): void {
    const found = waitingOf(this.#folded, partition).take(offset);
    if (timestamp < this.#since) return;
    const load = ofLoad ? this.#load : NO_LOAD;
    if (found) this.#record(found.at - timestamp, load);
    else waitingOf(this.#placed, partition).put(offset, { at: timestamp, load });
  }

  /** The outcome of the order at `sourceOffset`, whose record says `timestamp`, was accepted at `at`. */
  folded(partition: number, sourceOffset: number, at: number, timestamp: number): void {
    const found = waitingOf(this.#placed, partition).take(sourceOffset);
    if (found) this.#record(at - found.at, found.load);
    else if (timestamp >= this.#since) waitingOf(this.#folded, partition).put(sourceOffset, { at, load: NO_LOAD });
  }

  #record(ms: number, load: number): void {
    this.#ofAll.record(ms);
    if (load !== NO_LOAD && load === this.#load) this.#ofLoad.record(ms);
  }

  /** Percentiles of the latest load. */
  read(): Percentiles {
    return this.#ofLoad.read();
  }

  /** All orders placed since `since`. */
  buckets(): Histogram {
    return this.#ofAll.read();
  }
}

function waitingOf(all: Map<number, Waiting>, partition: number): Waiting {
  const found = all.get(partition);
  if (found) return found;
  const made = new Waiting();
  all.set(partition, made);
  return made;
}
