import type { Lanes } from './hash.ts';
import type { OutcomeKind } from './outcome.ts';

const MOST = 512;

/** An order-independent 64-bit digest: the sum of one term for each id and outcome, in two lanes. */
export type Digest = { readonly a: number; readonly b: number };

/** The digest of all accepted below an offset. */
type Mark = { below: number; a: number; b: number };

/**
 * The digest of what one partition accepted, remembered at multiples of a stride that doubles whenever more than 512
 * are held, so that two folds of one log can be compared at any common multiple in bounded memory.
 */
export class Checkpoints {
  #stride = 1;
  /** The offset from which on the next accepted record makes a checkpoint. */
  #edge = 0;
  #a = 0;
  #b = 0;
  #marks: Mark[] = [];

  /** Offsets between two checkpoints. */
  get stride(): number {
    return this.#stride;
  }

  /** Digest of all accepted so far. */
  get digest(): Digest {
    return { a: this.#a, b: this.#b };
  }

  /** Adds one accepted record; offsets must rise. */
  add(offset: number, lanes: Lanes, kind: OutcomeKind): void {
    if (offset >= this.#edge) this.#mark(offset);
    const factor = kind === 'failed' ? 0x85ebca6b : 0xc2b2ae35;
    this.#a = (this.#a + Math.imul(lanes[0] as number, factor) + (lanes[1] as number)) | 0;
    this.#b = (this.#b + Math.imul(lanes[2] as number, factor) + (lanes[3] as number)) | 0;
  }

  /** Digest of all accepted below a multiple of the stride. No checkpoint there means that nothing was accepted until the next. */
  at(multiple: number): Digest {
    return this.#marks[this.#firstFrom(multiple)] ?? this.digest;
  }

  /** The checkpoints' offsets, rising. */
  offsets(): number[] {
    return this.#marks.map(({ below }) => below);
  }

  #firstFrom(offset: number): number {
    let low = 0;
    let high = this.#marks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#marks[middle] as Mark).below < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #mark(offset: number): void {
    const below = offset - (offset % this.#stride);
    this.#marks.push({ below, a: this.#a, b: this.#b });
    this.#edge = below + this.#stride;
    if (this.#marks.length > MOST) this.#thin();
  }

  /**
   * Doubles the stride. A checkpoint at an odd multiple goes, unless its lower neighbour is missing: then nothing was
   * accepted between the two, and it moves down there.
   */
  #thin(): void {
    const old = this.#stride;
    this.#stride = old * 2;
    const kept: Mark[] = [];
    for (const mark of this.#marks) {
      const below = mark.below - (mark.below % this.#stride);
      if (kept.at(-1)?.below !== below) kept.push({ below, a: mark.a, b: mark.b });
    }
    this.#marks = kept;
    this.#edge = (kept.at(-1)?.below ?? 0) + this.#stride;
  }
}
