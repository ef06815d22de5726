const TWO_32 = 2 ** 32;
const FIRST_CHUNK = 512;
/** Longer byte strings are handed on as they are, never copied: record batches go from the page cache to the socket. */
const BY_REFERENCE = 2048;

/** Writes one response into a list of chunks; long byte strings are kept by reference between them. */
export class Writer {
  private chunk = Buffer.allocUnsafe(FIRST_CHUNK);
  private start = 0;
  private at = 0;
  private readonly done: Buffer[] = [];
  private finished = 0;

  /** Bytes written so far. */
  get length(): number {
    return this.finished + this.at - this.start;
  }

  /** Makes room for `length` bytes in a row and says where they go. */
  private step(length: number): number {
    if (this.at + length > this.chunk.length) {
      this.flush();
      this.chunk = Buffer.allocUnsafe(Math.max(length, Math.min(this.chunk.length * 2, 65_536)));
      this.start = 0;
      this.at = 0;
    }
    const at = this.at;
    this.at += length;
    return at;
  }

  private flush(): void {
    if (this.at === this.start) return;
    this.done.push(this.chunk.subarray(this.start, this.at));
    this.finished += this.at - this.start;
    this.start = this.at;
  }

  bool(value: boolean): void {
    this.int8(value ? 1 : 0);
  }

  int8(value: number): void {
    const at = this.step(1);
    this.chunk.writeInt8(value, at);
  }

  int16(value: number): void {
    const at = this.step(2);
    this.chunk.writeInt16BE(value, at);
  }

  int32(value: number): void {
    const at = this.step(4);
    this.chunk.writeInt32BE(value, at);
  }

  int64(value: number): void {
    const at = this.step(8);
    const high = Math.floor(value / TWO_32);
    this.chunk.writeInt32BE(high, at);
    this.chunk.writeUInt32BE(value - high * TWO_32, at + 4);
  }

  uvarint(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      const at = this.step(1);
      this.chunk[at] = (rest & 0x7f) | 0x80;
      rest = Math.floor(rest / 128);
    }
    const at = this.step(1);
    this.chunk[at] = rest;
  }

  /** UTF-8 text without its length. */
  utf8(value: string, length: number): void {
    const at = this.step(length);
    this.chunk.write(value, at, length, 'utf8');
  }

  /** Bytes without their length. */
  raw(value: Buffer): void {
    if (value.length < BY_REFERENCE) {
      const at = this.step(value.length);
      value.copy(this.chunk, at);
      return;
    }
    this.flush();
    this.done.push(value);
    this.finished += value.length;
  }

  /** Everything written, in order, as chunks for one vectored write. */
  chunks(): Buffer[] {
    this.flush();
    return this.done;
  }
}
