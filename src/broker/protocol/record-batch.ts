/**
 * A view of record batches of format 2 in a buffer: nothing is decoded that is not asked for, nothing is copied.
 * Layout (bytes): 0 base offset · 8 length after this field · 12 partition leader epoch · 16 magic · 17 CRC-32C of all that
 * follows · 21 attributes · 23 last offset delta · 27 base timestamp · 35 max timestamp · 43 producer id · 51 producer
 * epoch · 53 base sequence · 57 record count · 61 records. Source: Kafka's documentation, "Record Batch".
 * Base offset and leader epoch lie outside the checksum, so that a broker may rewrite them in place.
 */

import { crc32c } from './crc32c.ts';

const TWO_32 = 2 ** 32;

/** Bytes before the length field's count begins. */
export const LENGTH_END = 12;
/** Bytes of a batch before its first record. */
export const HEADER_BYTES = 61;

/** Bit 3 of the attributes: the broker's time was put in. Bit 4: transactional. Bit 5: a control batch. */
const TRANSACTIONAL_BIT = 0x10;
const CONTROL_BIT = 0x20;

function int64At(bytes: Buffer, at: number): number {
  return bytes.readInt32BE(at) * TWO_32 + bytes.readUInt32BE(at + 4);
}

/** Whole size in bytes, as the batch announces it; at least 12 bytes must be there. */
export function sizeAt(bytes: Buffer, at: number): number {
  return LENGTH_END + bytes.readInt32BE(at + 8);
}

export function baseOffsetAt(bytes: Buffer, at: number): number {
  return int64At(bytes, at);
}

export function magicAt(bytes: Buffer, at: number): number {
  return bytes.readInt8(at + 16);
}

/** Offset that follows the batch. */
export function nextOffsetAt(bytes: Buffer, at: number): number {
  return int64At(bytes, at) + bytes.readInt32BE(at + 23) + 1;
}

export function maxTimestampAt(bytes: Buffer, at: number): number {
  return int64At(bytes, at + 35);
}

/** What the broker has to know of a batch, read once. */
export type BatchHeader = {
  baseOffset: number;
  /** Whole size in bytes. */
  size: number;
  magic: number;
  crc: number;
  attributes: number;
  lastOffsetDelta: number;
  baseTimestamp: number;
  maxTimestamp: number;
  /** -1 without idempotence. */
  producerId: number;
  producerEpoch: number;
  baseSequence: number;
  count: number;
};

/** Reads the header of a batch of which at least HEADER_BYTES are there. */
export function headerAt(bytes: Buffer, at: number): BatchHeader {
  return {
    baseOffset: int64At(bytes, at),
    size: sizeAt(bytes, at),
    magic: magicAt(bytes, at),
    crc: bytes.readUInt32BE(at + 17),
    attributes: bytes.readInt16BE(at + 21),
    lastOffsetDelta: bytes.readInt32BE(at + 23),
    baseTimestamp: int64At(bytes, at + 27),
    maxTimestamp: int64At(bytes, at + 35),
    producerId: int64At(bytes, at + 43),
    producerEpoch: bytes.readInt16BE(at + 51),
    baseSequence: bytes.readInt32BE(at + 53),
    count: bytes.readInt32BE(at + 57),
  };
}

/** Compression codec: 0 none, 1 gzip, 2 snappy, 3 lz4, 4 zstd. */
export function codecOfBatch(header: BatchHeader): number {
  return header.attributes & 0x07;
}

export function isTransactional(header: BatchHeader): boolean {
  return (header.attributes & TRANSACTIONAL_BIT) !== 0;
}

export function isControl(header: BatchHeader): boolean {
  return (header.attributes & CONTROL_BIT) !== 0;
}

/** Whether the checksum of a batch that is wholly there is right. */
export function hasRightCrc(bytes: Buffer, at: number, size: number): boolean {
  return bytes.readUInt32BE(at + 17) === crc32c(bytes, at + 21, at + size);
}

/** Puts the batch at its place in the log. The leader of a single node never changes: its epoch is 0. */
export function placeBatch(bytes: Buffer, at: number, baseOffset: number): void {
  const high = Math.floor(baseOffset / TWO_32);
  bytes.writeInt32BE(high, at);
  bytes.writeUInt32BE(baseOffset - high * TWO_32, at + 4);
  bytes.writeInt32BE(0, at + LENGTH_END);
}

/** Where the whole batches at the beginning of `bytes` end, and where the last of them begins: where a read has to be cut. */
export function wholeBatches(bytes: Buffer): { end: number; last: number } {
  let end = 0;
  let last = 0;
  while (end + LENGTH_END <= bytes.length) {
    const size = sizeAt(bytes, end);
    if (size < HEADER_BYTES || end + size > bytes.length) break;
    last = end;
    end += size;
  }
  return { end, last };
}
