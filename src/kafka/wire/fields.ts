const NOTHING = Buffer.alloc(0);

/** Reads the fields of an answer one after the other, big-endian, as versions without compact fields write them. */
export class Fields {
  at = 0;
  readonly bytes: Buffer;
  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }
  int8(): number {
    this.at += 1;
    return this.bytes.readInt8(this.at - 1);
  }
  int16(): number {
    this.at += 2;
    return this.bytes.readInt16BE(this.at - 2);
  }
  int32(): number {
    this.at += 4;
    return this.bytes.readInt32BE(this.at - 4);
  }
  int64(): bigint {
    this.at += 8;
    return this.bytes.readBigInt64BE(this.at - 8);
  }
  /** Empty where there is none. */
  string(): string {
    const length = Math.max(0, this.int16());
    this.at += length;
    return this.bytes.toString('utf8', this.at - length, this.at);
  }
  block(): Buffer {
    const length = this.int32();
    if (length <= 0) return NOTHING;
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
  list<T>(read: () => T): T[] {
    const items: T[] = [];
    for (let left = this.int32(); left > 0; left--) items.push(read());
    return items;
  }
}
