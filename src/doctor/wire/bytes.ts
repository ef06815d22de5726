/** An answer that is no answer to what was asked. */
export class Malformed extends Error {}

/** Writes the fields of a request one behind the other, big-endian, as https://kafka.apache.org/protocol has them. */
export class Writer {
  readonly #parts: Buffer[] = [];

  bool(value: boolean): this {
    return this.#add(Buffer.of(value ? 1 : 0));
  }
  int16(value: number): this {
    const bytes = Buffer.alloc(2);
    bytes.writeInt16BE(value);
    return this.#add(bytes);
  }
  int32(value: number): this {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32BE(value);
    return this.#add(bytes);
  }
  string(value: string): this {
    const bytes = Buffer.from(value);
    return this.int16(bytes.length).#add(bytes);
  }
  /** A null list is -1 elements long. */
  list<T>(items: readonly T[] | null, write: (item: T) => void): this {
    this.int32(items === null ? -1 : items.length);
    for (const item of items ?? []) write(item);
    return this;
  }
  /** Unsigned, seven bits a byte, the lowest first. */
  varint(value: number): this {
    let rest = value;
    while (rest > 127) {
      this.#add(Buffer.of((rest & 127) | 128));
      rest >>>= 7;
    }
    return this.#add(Buffer.of(rest));
  }
  /** As flexible versions write it (KIP-482): its length plus one in front. */
  compactString(value: string): this {
    const bytes = Buffer.from(value);
    return this.varint(bytes.length + 1).#add(bytes);
  }
  compactList<T>(items: readonly T[], write: (item: T) => void): this {
    this.varint(items.length + 1);
    for (const item of items) write(item);
    return this;
  }
  /** The end of a structure in flexible versions: no tagged fields. */
  noTags(): this {
    return this.varint(0);
  }
  bytes(): Buffer {
    return Buffer.concat(this.#parts);
  }
  #add(bytes: Buffer): this {
    this.#parts.push(bytes);
    return this;
  }
}

/** Reads the fields of an answer one after the other. Throws Malformed where there are none left. */
export class Reader {
  #at = 0;
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }
  bool(): boolean {
    return this.take(1)[0] !== 0;
  }
  int16(): number {
    return this.take(2).readInt16BE();
  }
  int32(): number {
    return this.take(4).readInt32BE();
  }
  int64(): number {
    return Number(this.take(8).readBigInt64BE());
  }
  string(): string {
    return this.nullableString() ?? '';
  }
  nullableString(): string | null {
    const length = this.int16();
    return length < 0 ? null : this.take(length).toString('utf8');
  }
  skipBytes(): void {
    this.take(Math.max(0, this.int32()));
  }
  list<T>(read: () => T): T[] {
    return this.#many(this.int32(), read);
  }
  varint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.take(1)[0] as number;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
    throw new Malformed('a number without end');
  }
  compactString(): string {
    return this.take(Math.max(0, this.varint() - 1)).toString('utf8');
  }
  compactList<T>(read: () => T): T[] {
    return this.#many(this.varint() - 1, read);
  }
  /** Reads tagged fields; those that `fields` does not know are passed over. */
  tags(fields: Record<number, (field: Reader) => void> = {}): void {
    const count = this.varint();
    for (let i = 0; i < count; i++) {
      const tag = this.varint();
      const field = new Reader(this.take(this.varint()));
      fields[tag]?.(field);
    }
  }
  take(length: number): Buffer {
    const bytes = this.#bytes.subarray(this.#at, this.#at + length);
    if (bytes.length < length) throw new Malformed('the answer is cut short');
    this.#at += length;
    return bytes;
  }
  #many<T>(count: number, read: () => T): T[] {
    // Each element takes a byte at least: a longer list can only be a lie, and must not cost its length.
    if (count > this.#bytes.length) throw new Malformed('a list longer than the answer');
    return Array.from({ length: Math.max(0, count) }, read);
  }
}
