import { gzipSync } from 'node:zlib';
import { crc32c } from '../../src/broker/protocol/crc32c.ts';

/** A batch as a test describes it; every lie that a client could tell can be told. */
export type BatchWish = {
  values?: string[];
  /** Milliseconds, one per value; the last one counts on for the rest. */
  timestamps?: number[];
  baseOffset?: number;
  producerId?: number;
  producerEpoch?: number;
  sequence?: number;
  gzip?: boolean;
  magic?: number;
  attributes?: number;
  count?: number;
  lastOffsetDelta?: number;
  /** Added to the true length. */
  lengthLie?: number;
  crcLie?: boolean;
};

/** Encodes a batch of format 2 the slow and plain way, apart from the code under test but for the checksum. */
export function batchOf(wish: BatchWish = {}): Buffer {
  const { values = ['value'], timestamps = [1_000], gzip = false } = wish;
  const times = values.map((_, i) => timestamps[i] ?? (timestamps.at(-1) as number));
  const base = times[0] ?? 0;
  const plain = Buffer.concat(values.map((value, i) => record(value, i, (times[i] as number) - base)));
  const records = gzip ? gzipSync(plain) : plain;
  const bytes = Buffer.alloc(61 + records.length);
  bytes.writeBigInt64BE(BigInt(wish.baseOffset ?? 0), 0);
  bytes.writeInt32BE(bytes.length - 12 + (wish.lengthLie ?? 0), 8);
  bytes.writeInt32BE(-1, 12);
  bytes.writeInt8(wish.magic ?? 2, 16);
  bytes.writeInt16BE(wish.attributes ?? (gzip ? 1 : 0), 21);
  bytes.writeInt32BE(wish.lastOffsetDelta ?? values.length - 1, 23);
  bytes.writeBigInt64BE(BigInt(base), 27);
  bytes.writeBigInt64BE(BigInt(Math.max(base, ...times)), 35);
  bytes.writeBigInt64BE(BigInt(wish.producerId ?? -1), 43);
  bytes.writeInt16BE(wish.producerEpoch ?? -1, 51);
  bytes.writeInt32BE(wish.sequence ?? -1, 53);
  bytes.writeInt32BE(wish.count ?? values.length, 57);
  records.copy(bytes, 61);
  bytes.writeUInt32BE((crc32c(bytes, 21) ^ (wish.crcLie ? 1 : 0)) >>> 0, 17);
  return bytes;
}

function record(value: string, offsetDelta: number, timestampDelta: number): Buffer {
  const bytes = Buffer.from(value);
  const body = Buffer.concat([
    Buffer.from([0]),
    varint(timestampDelta),
    varint(offsetDelta),
    varint(-1),
    varint(bytes.length),
    bytes,
    varint(0),
  ]);
  return Buffer.concat([varint(body.length), body]);
}

/** A zigzag integer of 64 bits. */
export function varint(value: number): Buffer {
  let rest = BigInt.asUintN(64, (BigInt(value) << 1n) ^ (BigInt(value) >> 63n));
  const bytes: number[] = [];
  for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return Buffer.from([...bytes, Number(rest)]);
}
