import type { ConsumedRecord } from '../../kafka/record.ts';

/** Batches that wait before fetching is held back; it goes on when one is left (so that a fetch is always ahead). */
const HOLD_AT = 2;

/** Records of one partition that were fetched and not yet taken: bounded by holding the fetch back. */
export class Queue {
  #batches: (readonly ConsumedRecord[])[] = [];
  #at = 0;
  readonly #hold: () => void;
  readonly #release: () => void;
  #isHeld = false;

  constructor(fetching: { hold(): void; release(): void }) {
    this.#hold = fetching.hold;
    this.#release = fetching.release;
  }

  get isEmpty(): boolean {
    return this.#batches.length === 0;
  }

  /** Timestamp of the record that waits longest; 0 when none does. */
  get waitingSince(): number {
    return this.#batches[0]?.[this.#at]?.timestamp ?? 0;
  }

  put(records: readonly ConsumedRecord[]): void {
    if (records.length === 0) return;
    this.#batches.push(records);
    if (this.#batches.length < HOLD_AT || this.#isHeld) return;
    this.#isHeld = true;
    this.#hold();
  }

  take(): ConsumedRecord | undefined {
    const batch = this.#batches[0];
    if (!batch) return undefined;
    const record = batch[this.#at];
    this.#at += 1;
    if (this.#at >= batch.length) this.#dropFirst();
    return record;
  }

  clear(): void {
    this.#batches = [];
    this.#at = 0;
    this.#isHeld = false;
  }

  #dropFirst(): void {
    this.#batches.shift();
    this.#at = 0;
    if (!this.#isHeld || this.#batches.length >= HOLD_AT) return;
    this.#isHeld = false;
    this.#release();
  }
}
