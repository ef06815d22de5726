import { createLanes, hashBytes } from './hash.ts';
import { toHex } from './ids.ts';

/** How far a fold has come in its partition, as it is saved. */
export type SavedPosition = { first: number; next: number; lastHash: string };

/** How far a fold has come: the first offset folded (-1: none), the next one to fold, and the hash of the last value. */
export class Position {
  first = -1;
  next = 0;
  #last: Buffer | null | undefined;
  #lastHash = '';

  /** Moves on to the record at `offset`; false if it was folded before. Without the value, no `lastHash` can be told. */
  advance(offset: number, value: Buffer | null | undefined): boolean {
    if (offset < this.next) return false;
    if (this.first < 0) this.first = offset;
    this.next = offset + 1;
    this.#last = value;
    this.#lastHash = '';
    return true;
  }

  /**
   * Hash of the value at `next - 1`, by which a fold knows its own log again. Empty if nothing was folded. It is made
   * when asked for, and lets go of the value, which is a view of a whole fetched response.
   */
  lastHash(): string {
    if (this.#last !== undefined) this.#lastHash = hashOfValue(this.#last);
    this.#last = undefined;
    return this.#lastHash;
  }

  save(): SavedPosition {
    return { first: this.first, next: this.next, lastHash: this.lastHash() };
  }

  restore({ first, next, lastHash }: SavedPosition): void {
    this.first = first;
    this.next = next;
    this.#last = undefined;
    this.#lastHash = lastHash;
  }
}

const lanes = createLanes();

/** What `lastHash` says of a value. */
export function hashOfValue(value: Buffer | null): string {
  if (value === null) return 'tombstone';
  hashBytes(value, 0, value.length, lanes);
  return toHex(lanes);
}
