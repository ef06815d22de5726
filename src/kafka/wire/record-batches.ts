import { KafkaFault } from '../errors.ts';
import type { ConsumedRecord } from '../record.ts';
import { codecOf } from './kafkajs.ts';
import { RecordReader } from './record-reader.ts';

/** A producer whose transaction was aborted, and the offset at which that transaction began. */
export type AbortedTransaction = { producerId: bigint; firstOffset: number };

/** Records of a fetched answer from the asked offset on, and the offset to ask for next. */
export type Decoded = { records: ConsumedRecord[]; next: number };

/** Bytes of a batch before its records, and where its fields lie (message format 2, KIP-98). */
const HEADER = 61;
const AT = { length: 8, magic: 16, attributes: 21, lastDelta: 23, firstTime: 27, maxTime: 35, producer: 43, count: 57 };
const LOG_APPEND_TIME = 0x08;
const TRANSACTIONAL = 0x10;
const CONTROL = 0x20;
const COMPRESSION = 0x07;

function readOffset(bytes: Buffer, at: number): number {
  return bytes.readInt32BE(at) * 4_294_967_296 + bytes.readUInt32BE(at + 4);
}

async function recordsOf(bytes: Buffer, at: number, end: number, attributes: number): Promise<RecordReader> {
  if ((attributes & COMPRESSION) === 0) return new RecordReader(bytes, at + HEADER);
  const codec = codecOf(attributes);
  if (!codec) return new RecordReader(bytes, at + HEADER);
  return new RecordReader(await codec.decompress(bytes.subarray(at + HEADER, end)), 0);
}

/** Follows which producers are inside an aborted transaction, batch by batch in the order of the log (KIP-98). */
function createAbortedFilter(aborted: readonly AbortedTransaction[]) {
  const waiting = [...aborted].sort((a, b) => a.firstOffset - b.firstOffset);
  const inside = new Set<bigint>();
  return (bytes: Buffer, at: number, attributes: number, last: number): boolean => {
    if ((attributes & TRANSACTIONAL) === 0) return false;
    const producer = bytes.readBigInt64BE(at + AT.producer);
    for (let next = waiting[0]; next && next.firstOffset <= last; next = waiting[0]) {
      inside.add(next.producerId);
      waiting.shift();
    }
    if ((attributes & CONTROL) !== 0) inside.delete(producer);
    return inside.has(producer);
  };
}

/**
 * Decodes the record batches of a fetched partition: records at or above `from`, without control records and aborted
 * transactions. A batch cut off at the end is left for the next fetch.
 */
export async function decodeBatches(
  bytes: Buffer,
  from: number,
  aborted: readonly AbortedTransaction[] = [],
): Promise<Decoded> {
  const records: ConsumedRecord[] = [];
  const isAborted = createAbortedFilter(aborted);
  let next = from;
  for (let at = 0; at + HEADER <= bytes.length; ) {
    const end = at + 12 + bytes.readInt32BE(at + AT.length);
    if (end > bytes.length) break;
    mustBeFormat2(bytes[at + AT.magic]);
    const attributes = bytes.readInt16BE(at + AT.attributes);
    const base = readOffset(bytes, at);
    const last = base + bytes.readInt32BE(at + AT.lastDelta);
    const skip = isAborted(bytes, at, attributes, last) || (attributes & CONTROL) !== 0 || last < from;
    if (!skip) await readBatch(bytes, { at, end, attributes, base, from }, records);
    if (last >= next) next = last + 1;
    at = end;
  }
  return { records, next };
}

type BatchPlace = { at: number; end: number; attributes: number; base: number; from: number };

async function readBatch(bytes: Buffer, place: BatchPlace, records: ConsumedRecord[]): Promise<void> {
  const { at, end, attributes, base, from } = place;
  const appended = (attributes & LOG_APPEND_TIME) !== 0;
  const time = readOffset(bytes, at + (appended ? AT.maxTime : AT.firstTime));
  const reader = await recordsOf(bytes, at, end, attributes);
  for (let left = bytes.readInt32BE(at + AT.count); left > 0; left--) {
    const record = reader.next(base, time);
    if (appended) record.timestamp = time;
    if (record.offset >= from) records.push(record);
  }
}

function mustBeFormat2(magic: number | undefined): void {
  if (magic === 2) return;
  const sentence = 'the topic holds records in a format older than Kafka 0.11, which is not read here';
  throw new KafkaFault({ code: 43, name: 'UNSUPPORTED_FOR_MESSAGE_FORMAT', retriable: false, sentence });
}
