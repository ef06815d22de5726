import { crc32c } from './crc32c.ts';
import { sizeOfVarint, writeVarint } from './varint.ts';

/** A record as kafkajs's producer takes it; `timestamp` in milliseconds, now where it is missing. */
export type Message = {
  key?: string | Buffer | null | undefined;
  value?: string | Buffer | null | undefined;
  timestamp?: number | string | undefined;
  headers?: Record<string, HeaderValue | HeaderValue[]>;
};
type HeaderValue = string | Buffer;

/** One partition's share of a Produce request. */
export type PartitionBatch = {
  messages: readonly Message[];
  producerId: bigint;
  producerEpoch: number;
  firstSequence: number;
  transactional: boolean;
};

/** A batch whose sizes are known: `size` is what `writeBatch` will write. */
export type SizedBatch = PartitionBatch & {
  size: number;
  firstTimestamp: number;
  maxTimestamp: number;
  now: number;
  /** Length of the record, of its key and of its value (-1: null), record by record. */
  lengths: Int32Array;
};

/** Bytes of a record batch before its records (Kafka's message format 2, KIP-98). */
const HEADER = 61;
const TRANSACTIONAL = 16;
const MAGIC = 2;

function lengthOf(bytes: string | Buffer | null | undefined): number {
  if (bytes === null || bytes === undefined) return -1;
  return typeof bytes === 'string' ? Buffer.byteLength(bytes) : bytes.length;
}

function sizeOfBytes(length: number): number {
  return length < 0 ? 1 : sizeOfVarint(length) + length;
}

function* headersOf(message: Message): Generator<[string, HeaderValue]> {
  for (const [name, value] of Object.entries(message.headers ?? {})) {
    if (Array.isArray(value)) for (const each of value) yield [name, each];
    else yield [name, value];
  }
}

function sizeOfHeaders(message: Message): number {
  if (message.headers === undefined) return 1;
  let count = 0;
  let size = 0;
  for (const [name, value] of headersOf(message)) {
    count++;
    size += sizeOfBytes(Buffer.byteLength(name)) + sizeOfBytes(lengthOf(value));
  }
  return size + sizeOfVarint(count);
}

/** Measures a batch once; strings are not touched again until they are written. */
export function sizeBatch(batch: PartitionBatch, now: number): SizedBatch {
  const { messages } = batch;
  let firstTimestamp = Number.POSITIVE_INFINITY;
  let maxTimestamp = Number.NEGATIVE_INFINITY;
  for (const { timestamp } of messages) {
    if (timestamp === undefined || timestamp === null) continue;
    const at = Number(timestamp);
    if (at < firstTimestamp) firstTimestamp = at;
    if (at > maxTimestamp) maxTimestamp = at;
  }
  if (maxTimestamp === Number.NEGATIVE_INFINITY) firstTimestamp = maxTimestamp = now;

  const lengths = new Int32Array(messages.length * 3);
  let size = HEADER;
  let i = 0;
  let delta = 0;
  for (const message of messages) {
    const key = lengthOf(message.key);
    const value = lengthOf(message.value);
    const timestampDelta = (Number(message.timestamp) || now) - firstTimestamp;
    const length =
      1 +
      sizeOfVarint(timestampDelta) +
      sizeOfVarint(delta++) +
      sizeOfBytes(key) +
      sizeOfBytes(value) +
      sizeOfHeaders(message);
    lengths[i++] = length;
    lengths[i++] = key;
    lengths[i++] = value;
    size += sizeOfVarint(length) + length;
  }
  return { ...batch, size, firstTimestamp, maxTimestamp, now, lengths };
}

function writeBytes(buffer: Buffer, offset: number, bytes: string | Buffer | null | undefined, length: number): number {
  const at = writeVarint(buffer, offset, length);
  if (length <= 0) return at;
  if (typeof bytes === 'string') buffer.write(bytes, at, length);
  else buffer.set(bytes as Buffer, at);
  return at + length;
}

function writeHeaders(buffer: Buffer, offset: number, message: Message): number {
  if (message.headers === undefined) return writeVarint(buffer, offset, 0);
  const headers = [...headersOf(message)];
  let at = writeVarint(buffer, offset, headers.length);
  for (const [name, value] of headers) {
    at = writeBytes(buffer, at, name, Buffer.byteLength(name));
    at = writeBytes(buffer, at, value, lengthOf(value));
  }
  return at;
}

function writeRecords(buffer: Buffer, offset: number, batch: SizedBatch): number {
  const { lengths, firstTimestamp, now } = batch;
  let at = offset;
  let i = 0;
  let delta = 0;
  for (const message of batch.messages) {
    at = writeVarint(buffer, at, lengths[i++] as number);
    buffer[at++] = 0;
    at = writeVarint(buffer, at, (Number(message.timestamp) || now) - firstTimestamp);
    at = writeVarint(buffer, at, delta++);
    at = writeBytes(buffer, at, message.key, lengths[i++] as number);
    at = writeBytes(buffer, at, message.value, lengths[i++] as number);
    at = writeHeaders(buffer, at, message);
  }
  return at;
}

/** Writes the batch at `offset`, uncompressed, exactly as kafkajs would, and gives the offset after it. */
export function writeBatch(buffer: Buffer, offset: number, batch: SizedBatch): number {
  const { messages, size } = batch;
  const end = writeRecords(buffer, offset + HEADER, batch);
  buffer.writeBigInt64BE(0n, offset);
  buffer.writeInt32BE(size - 12, offset + 8);
  buffer.writeInt32BE(0, offset + 12);
  buffer.writeInt8(MAGIC, offset + 16);
  buffer.writeInt16BE(batch.transactional ? TRANSACTIONAL : 0, offset + 21);
  buffer.writeInt32BE(messages.length - 1, offset + 23);
  buffer.writeBigInt64BE(BigInt(batch.firstTimestamp), offset + 27);
  buffer.writeBigInt64BE(BigInt(batch.maxTimestamp), offset + 35);
  buffer.writeBigInt64BE(batch.producerId, offset + 43);
  buffer.writeInt16BE(batch.producerEpoch, offset + 51);
  buffer.writeInt32BE(batch.firstSequence, offset + 53);
  buffer.writeInt32BE(messages.length, offset + 57);
  buffer.writeUInt32BE(crc32c(buffer, offset + 21, end), offset + 17);
  return end;
}
