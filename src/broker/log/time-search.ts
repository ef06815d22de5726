import { gunzipSync } from 'node:zlib';
import { type BatchHeader, codecOfBatch, HEADER_BYTES, headerAt } from '../protocol/record-batch.ts';
import { placesOf } from '../protocol/records.ts';
import type { Segment } from './segment.ts';

/** A record's place in time and log. */
export type TimeAndOffset = { timestamp: number; offset: number };

const NONE = 0;
const GZIP = 1;

/** The first record at or after `timestamp` and not before the log start. */
export function findTime(segments: readonly Segment[], timestamp: number, start: number): TimeAndOffset | undefined {
  for (const segment of segments) {
    if (segment.maxTimestamp < timestamp || segment.nextOffset <= start) continue;
    const found = findInSegment(segment, timestamp, start);
    if (found) return found;
  }
  return undefined;
}

/** Batches are in the order of offsets, not of time: the first that reaches the time may lie below the log start. */
function findInSegment(segment: Segment, timestamp: number, start: number): TimeAndOffset | undefined {
  let position = segment.positionOfTime(timestamp);
  while (position < segment.size) {
    const bytes = segment.read(position, 0, true);
    if (bytes.length === 0) return undefined;
    const header = headerAt(bytes, 0);
    const found = header.maxTimestamp >= timestamp ? findInBatch(bytes, header, timestamp, start) : undefined;
    if (found) return found;
    position += header.size;
  }
  return undefined;
}

/**
 * Where the records cannot be opened (Node 20 knows no snappy, lz4 or zstd), the batch's own first offset is the answer:
 * a reader that begins there misses nothing.
 */
function findInBatch(bytes: Buffer, header: BatchHeader, timestamp: number, start: number): TimeAndOffset | undefined {
  if (header.baseOffset + header.lastOffsetDelta < start) return undefined;
  const records = recordsOf(bytes, header);
  if (!records) return { timestamp: header.maxTimestamp, offset: Math.max(start, header.baseOffset) };
  for (const { timestampDelta, offsetDelta } of placesOf(records, header.count)) {
    const place = { timestamp: header.baseTimestamp + timestampDelta, offset: header.baseOffset + offsetDelta };
    if (place.timestamp >= timestamp && place.offset >= start) return place;
  }
  return undefined;
}

function recordsOf(bytes: Buffer, header: BatchHeader): Buffer | undefined {
  const codec = codecOfBatch(header);
  const payload = bytes.subarray(HEADER_BYTES);
  if (codec === NONE) return payload;
  return codec === GZIP ? gunzip(payload) : undefined;
}

function gunzip(payload: Buffer): Buffer | undefined {
  try {
    return gunzipSync(payload);
  } catch {
    return undefined;
  }
}
