import { type Cursor, readVarint } from './varint.ts';

/** Where a record is in time and log, which is all that the broker ever asks of one. */
export type RecordPlace = { timestampDelta: number; offsetDelta: number };

/** True if `count` records lie one after the other in the bytes. What follows the last one is Kafka's to ignore, and ours. */
export function holdsRecords(bytes: Buffer, start: number, end: number, count: number): boolean {
  const cursor: Cursor = { bytes, at: start, end };
  for (let i = 0; i < count; i++) {
    const length = readVarint(cursor);
    if (!(length > 0) || cursor.at + length > end) return false;
    cursor.at += length;
  }
  return true;
}

/** The places of the records in uncompressed bytes, in order; ends early where the bytes are not records. */
export function* placesOf(bytes: Buffer, count: number): Generator<RecordPlace> {
  const cursor: Cursor = { bytes, at: 0, end: bytes.length };
  for (let i = 0; i < count; i++) {
    const length = readVarint(cursor);
    const next = cursor.at + length;
    if (!(length > 0) || next > bytes.length) return;
    cursor.at += 1;
    yield { timestampDelta: readVarint(cursor), offsetDelta: readVarint(cursor) };
    cursor.at = next;
  }
}
