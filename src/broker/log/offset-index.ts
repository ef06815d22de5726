const ENTRY_BYTES = 16;
const FIRST_ENTRIES = 16;

/** A point of a segment: every record before `position` is older than `offset` and no younger in time than `maxTimestamp`. */
export type IndexEntry = {
  /** Base offset of the batch at `position`. */
  offset: number;
  position: number;
  /** Highest timestamp of the batches before `position` in this segment; -1 if there is none. */
  maxTimestamp: number;
};

/**
 * The sparse index of one segment, in memory in the very form it has on disk: 16 bytes an entry (offset relative to the
 * segment's base, position, highest timestamp before). A few entries per megabyte, and no object per batch.
 */
export class OffsetIndex {
  private readonly base: number;
  private bytes = Buffer.alloc(FIRST_ENTRIES * ENTRY_BYTES);
  private count = 0;

  constructor(base: number) {
    this.base = base;
  }

  get length(): number {
    return this.count;
  }

  /** Adds an entry behind the others and returns its bytes for the file. */
  add(entry: IndexEntry): Buffer {
    if ((this.count + 1) * ENTRY_BYTES > this.bytes.length) {
      this.bytes = Buffer.concat([this.bytes, Buffer.alloc(this.bytes.length)]);
    }
    const at = this.count++ * ENTRY_BYTES;
    this.bytes.writeUInt32BE(entry.offset - this.base, at);
    this.bytes.writeUInt32BE(entry.position, at + 4);
    this.bytes.writeDoubleBE(entry.maxTimestamp, at + 8);
    return this.bytes.subarray(at, at + ENTRY_BYTES);
  }

  /** The entry at `i`, counted from 0. */
  at(i: number): IndexEntry {
    const at = i * ENTRY_BYTES;
    return {
      offset: this.base + this.bytes.readUInt32BE(at),
      position: this.bytes.readUInt32BE(at + 4),
      maxTimestamp: this.bytes.readDoubleBE(at + 8),
    };
  }

  last(): IndexEntry | undefined {
    return this.count > 0 ? this.at(this.count - 1) : undefined;
  }

  /** The last entry whose offset is not above `offset`; undefined before the first. */
  floor(offset: number): IndexEntry | undefined {
    const i = this.lastWhere((at) => this.base + this.bytes.readUInt32BE(at) <= offset);
    return i < 0 ? undefined : this.at(i);
  }

  /** Position of the last entry before which everything is older than `timestamp`; 0 before the first. */
  positionForTime(timestamp: number): number {
    const i = this.lastWhere((at) => this.bytes.readDoubleBE(at + 8) < timestamp);
    return i < 0 ? 0 : this.at(i).position;
  }

  /** Drops all entries at or behind `position`. */
  truncate(position: number): void {
    this.count = this.lastWhere((at) => this.bytes.readUInt32BE(at + 4) < position) + 1;
  }

  /** The bytes of the file. */
  toBytes(): Buffer {
    return this.bytes.subarray(0, this.count * ENTRY_BYTES);
  }

  /** Entries of a file; a torn last entry is left out, and so is all that does not rise or lies beyond `end`. */
  static from(base: number, bytes: Buffer, end: number): OffsetIndex {
    const index = new OffsetIndex(base);
    index.count = Math.floor(bytes.length / ENTRY_BYTES);
    if (index.count > 0) index.bytes = Buffer.from(bytes.subarray(0, index.count * ENTRY_BYTES));
    index.count = index.rising(end);
    return index;
  }

  /** Entries are sorted by every column: a binary search for the last one that still holds. */
  private lastWhere(holds: (at: number) => boolean): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (holds(middle * ENTRY_BYTES)) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  private rising(end: number): number {
    let before = -1;
    for (let i = 0; i < this.count; i++) {
      const { position } = this.at(i);
      if (position <= before || position >= end) return i;
      before = position;
    }
    return this.count;
  }
}
