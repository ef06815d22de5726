import { MalformedError } from './malformed.ts';

const TWO_32 = 2 ** 32;

/** A cursor over the bytes of one request. Every step is checked: reading past the end throws MalformedError. */
export class Reader {
  readonly bytes: Buffer;
  position = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  /** Bytes not yet read. */
  get remaining(): number {
    return this.bytes.length - this.position;
  }

  /** Moves over `length` bytes and says where they began. */
  private step(length: number): number {
    const at = this.position;
    if (length < 0 || length > this.bytes.length - at) {
      throw new MalformedError(`${length} bytes asked at ${at}, but the request has ${this.bytes.length}`);
    }
    this.position = at + length;
    return at;
  }

  bool(): boolean {
    return this.bytes[this.step(1)] !== 0;
  }

  int8(): number {
    return this.bytes.readInt8(this.step(1));
  }

  int16(): number {
    return this.bytes.readInt16BE(this.step(2));
  }

  int32(): number {
    return this.bytes.readInt32BE(this.step(4));
  }

  /** A 64-bit integer as a number: exact within ±2^53, which covers offsets, timestamps and producer ids. */
  int64(): number {
    const at = this.step(8);
    return this.bytes.readInt32BE(at) * TWO_32 + this.bytes.readUInt32BE(at + 4);
  }

  /** An unsigned LEB128 integer of at most 32 bits. */
  uvarint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.bytes[this.step(1)] as number;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new MalformedError(`a variable-length integer before ${this.position} does not end`);
  }

  /** A view of the next `length` bytes, not a copy. */
  view(length: number): Buffer {
    const at = this.step(length);
    return this.bytes.subarray(at, at + length);
  }

  utf8(length: number): string {
    const at = this.step(length);
    return this.bytes.toString('utf8', at, at + length);
  }

  /** Checks a count of elements against what is left: no element is shorter than a byte, so no lie makes us allocate. */
  count(value: number): number {
    if (value > this.remaining) throw new MalformedError(`${value} elements announced, ${this.remaining} bytes left`);
    return value;
  }
}
