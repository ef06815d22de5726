import { type ConsumedRecord, NO_HEADERS, type RecordHeader } from '../record.ts';

/**
 * Walks the records of one batch (message format 2, KIP-98), whose varints are zigzag. Offsets and times stay JS
 * numbers and keys and values views of the answer: kafkajs's decoder makes several BigInts and strings a record.
 */
export class RecordReader {
  readonly #bytes: Buffer;
  #at: number;

  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  /** The next record; `base` and `time` are what its deltas count from. */
  next(base: number, time: number): ConsumedRecord {
    const length = this.#varint();
    const end = this.#at + length;
    this.#at++;
    const timestamp = time + this.#varint();
    const offset = base + this.#varint();
    const key = this.#view();
    const value = this.#view();
    const count = this.#varint();
    const headers = count === 0 ? NO_HEADERS : this.#headers(count);
    this.#at = end;
    return { offset, timestamp, key, value, headers };
  }

  #headers(count: number): RecordHeader[] {
    const headers: RecordHeader[] = [];
    for (let i = 0; i < count; i++) headers.push({ name: this.#view()?.toString() ?? '', value: this.#view() });
    return headers;
  }

  #view(): Buffer | null {
    const length = this.#varint();
    if (length < 0) return null;
    const from = this.#at;
    this.#at = from + length;
    return this.#bytes.subarray(from, this.#at);
  }

  #varint(): number {
    const bytes = this.#bytes;
    let byte = bytes[this.#at++] as number;
    if (byte < 128) return (byte >>> 1) ^ -(byte & 1);
    let value = byte & 127;
    let scale = 128;
    do {
      byte = bytes[this.#at++] as number;
      value += (byte & 127) * scale;
      scale *= 128;
    } while (byte >= 128);
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}
