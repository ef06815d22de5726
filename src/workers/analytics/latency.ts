import { createGauge } from '../gauge.ts';
import type { Percentiles } from '../messages.ts';

/** Orders of one partition that may lie between an order and its outcome and still be measured. */
const WINDOW = 2 ** 18;

/** Remembers a time for each of the last 262,144 offsets of a partition; 16 bytes an offset. */
class Ring {
  readonly #offsets = new Float64Array(WINDOW).fill(-1);
  readonly #times = new Float64Array(WINDOW);

  put(offset: number, at: number): void {
    const i = offset % WINDOW;
    this.#offsets[i] = offset;
    this.#times[i] = at;
  }

  get(offset: number): number | undefined {
    const i = offset % WINDOW;
    return this.#offsets[i] === offset ? this.#times[i] : undefined;
  }
}

/**
 * Measures end to end: from the intended time of an order (its record's timestamp) to the fold of its outcome, of the
 * orders of one load. The two are paired by the source offset, whichever is read first, so events need no more fields.
 */
export class Latency {
  readonly #gauge = createGauge();
  #prefix = Buffer.alloc(0);
  #placed = new Map<number, Ring>();
  #folded = new Map<number, Ring>();

  /** Forgets all and measures the orders of this run from now on. */
  begin(run: string): void {
    this.#gauge.reset();
    this.#prefix = Buffer.from(`${run}-`);
    this.#placed = new Map();
    this.#folded = new Map();
  }

  /** True while there is something to measure. */
  get isOn(): boolean {
    return this.#prefix.length > 0;
  }

  /** Whether a record with this key is of the run that is measured. */
  measures(key: Buffer | null): boolean {
    const { length } = this.#prefix;
    return length > 0 && key !== null && key.length > length && this.#prefix.compare(key, 0, length) === 0;
  }

  /** An order of the run was folded; `timestamp` is its record's. */
  placed(partition: number, offset: number, timestamp: number): void {
    const foldedAt = this.#folded.get(partition)?.get(offset);
    if (foldedAt !== undefined) this.#gauge.record(foldedAt - timestamp);
    else ringOf(this.#placed, partition).put(offset, timestamp);
  }

  /** The outcome of the order at `sourceOffset` was accepted at `at`. */
  folded(partition: number, sourceOffset: number, at: number): void {
    const timestamp = this.#placed.get(partition)?.get(sourceOffset);
    if (timestamp !== undefined) this.#gauge.record(at - timestamp);
    else ringOf(this.#folded, partition).put(sourceOffset, at);
  }

  read(): Percentiles {
    return this.#gauge.read();
  }
}

function ringOf(rings: Map<number, Ring>, partition: number): Ring {
  const found = rings.get(partition);
  if (found) return found;
  const made = new Ring();
  rings.set(partition, made);
  return made;
}
