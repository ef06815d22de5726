import type { Census } from './census.ts';
import { Checkpoints } from './checkpoints.ts';
import type { Lanes } from './hash.ts';
import { JournalEntries, readEntries } from './journal-entries.ts';
import type { OutcomeKind } from './outcome.ts';

/**
 * The ids that one topic-partition accepted: its share of the census, their number by kind, their digest by offset and
 * the entries not yet saved. All of it can be rebuilt from the entries alone.
 */
export class Accepted {
  reserved = 0;
  failed = 0;
  readonly #census: Census;
  readonly #partition: number;
  readonly #entries: JournalEntries | undefined;
  #checkpoints = new Checkpoints();

  /** Without `journal` nothing is kept for `take`. */
  constructor({ census, partition, journal }: { census: Census; partition: number; journal: boolean }) {
    this.#census = census;
    this.#partition = partition;
    this.#entries = journal ? new JournalEntries() : undefined;
  }

  get count(): number {
    return this.reserved + this.failed;
  }

  get checkpoints(): Checkpoints {
    return this.#checkpoints;
  }

  has(lanes: Lanes): boolean {
    return this.#census.has(lanes, this.#partition);
  }

  /** The kind under which the id was accepted, or undefined if it was not. */
  kindOf(lanes: Lanes): OutcomeKind | undefined {
    return this.#census.kindOf(lanes, this.#partition);
  }

  /** Accepts the id at this offset; false if it is known. */
  add(lanes: Lanes, offset: number, kind: OutcomeKind): boolean {
    if (!this.#admit(lanes, offset, kind)) return false;
    this.#entries?.add(lanes, offset, kind);
    return true;
  }

  /** Entries accepted since the last call. */
  take(): Buffer {
    return this.#entries?.take() ?? Buffer.alloc(0);
  }

  /** Takes entries back in; false if they are broken, or hold an id twice. */
  restore(entries: Uint8Array): boolean {
    let sound = true;
    const whole = readEntries(entries, (lanes, offset, kind) => {
      sound = this.#admit(lanes, offset, kind) && sound;
    });
    return whole && sound;
  }

  #admit(lanes: Lanes, offset: number, kind: OutcomeKind): boolean {
    if (!this.#census.add(lanes, this.#partition, kind)) return false;
    this.#checkpoints.add(offset, lanes, kind);
    if (kind === 'failed') this.failed++;
    else this.reserved++;
    return true;
  }
}
