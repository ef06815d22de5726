import { hashOf } from './event-id.ts';

/** What is known of an order id; `Told` means: below the offsets that the workers have reached. */
export const MARK = {
  order: 1,
  orderTold: 2,
  outcome: 4,
  outcomeTold: 8,
  missing: 16,
} as const;

const FIRST_IDS = 1024;

/** Order ids as rows of columns, found by their hashes. A row is given once and never moves. */
export class Book {
  /** Sum of marks by row. */
  marks = new Uint8Array(FIRST_IDS);
  /** The partition that accepted an outcome last, and that outcome's offset and source offset, by row; -1 for none. */
  partition = new Int32Array(FIRST_IDS).fill(-1);
  offset = new Float64Array(FIRST_IDS);
  source = new Float64Array(FIRST_IDS);
  /** Hash of the id looked up last. */
  readonly hash = new Int32Array(4);
  #hashes = new Int32Array(FIRST_IDS * 4);
  #slots = new Int32Array(FIRST_IDS * 2).fill(-1);
  #size = 0;

  /** Ids held. */
  get size(): number {
    return this.#size;
  }

  /** The row of an id, made if it is new. */
  row(orderId: string): number {
    hashOf(orderId, this.hash);
    const slot = this.#probe(this.hash, 0);
    const known = this.#slots[slot] as number;
    if (known >= 0) return known;
    const row = this.#size++;
    this.#slots[slot] = row;
    this.#hashes.set(this.hash, row * 4);
    if (this.#size === this.marks.length) this.#grow();
    return row;
  }

  #probe(hashes: Int32Array, at: number): number {
    const mask = this.#slots.length - 1;
    let slot = (hashes[at] as number) & mask;
    for (;;) {
      const row = this.#slots[slot] as number;
      if (row < 0 || this.#same(row * 4, hashes, at)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #same(mine: number, hashes: Int32Array, at: number): boolean {
    for (let lane = 0; lane < 4; lane++) if (this.#hashes[mine + lane] !== hashes[at + lane]) return false;
    return true;
  }

  #grow(): void {
    const rows = this.#size * 2;
    const before = this.#size;
    this.marks = widen(this.marks, new Uint8Array(rows));
    this.partition = widen(this.partition, new Int32Array(rows).fill(-1));
    this.offset = widen(this.offset, new Float64Array(rows));
    this.source = widen(this.source, new Float64Array(rows));
    this.#hashes = widen(this.#hashes, new Int32Array(rows * 4));
    this.#slots = new Int32Array(rows * 2).fill(-1);
    for (let row = 0; row < before; row++) this.#slots[this.#probe(this.#hashes, row * 4)] = row;
  }
}

function widen<T extends Uint8Array | Int32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
