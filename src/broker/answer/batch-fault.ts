import { gunzipSync } from 'node:zlib';
import { ERRORS, type ErrorCode } from '../protocol/errors.ts';
import {
  type BatchHeader,
  codecOfBatch,
  HEADER_BYTES,
  hasRightCrc,
  headerAt,
  isControl,
  isTransactional,
  sizeAt,
} from '../protocol/record-batch.ts';
import { holdsRecords } from '../protocol/records.ts';

/** What a topic takes. `latest` is the youngest timestamp, in milliseconds. */
export type BatchLimits = { maxBytes: number; latest: number };

const LAST_CODEC = 4;
const MAGIC = 2;

/**
 * Why what a producer sent for one partition is not appended, by Kafka's codes; 0 if it is one whole, right batch.
 * The order of the checks decides which code a batch with two faults gets; it is Kafka's as far as it was observed.
 */
export function batchFault(records: Buffer | null, limits: BatchLimits): ErrorCode {
  if (records === null || records.length < HEADER_BYTES) return shortFault(records);
  const size = sizeAt(records, 0);
  if (size < HEADER_BYTES) return ERRORS.CORRUPT_MESSAGE;
  const header = headerAt(records, 0);
  const magicFault = faultOfMagic(header.magic);
  if (magicFault !== ERRORS.NONE) return magicFault;
  // Trailing bytes are another batch, or none at all: neither is taken.
  if (size !== records.length) return ERRORS.INVALID_RECORD;
  if (size > limits.maxBytes) return ERRORS.MESSAGE_TOO_LARGE;
  if (!hasRightCrc(records, 0, size)) return ERRORS.CORRUPT_MESSAGE;
  return contentFault(records, header, limits);
}

function shortFault(records: Buffer | null): ErrorCode {
  return records === null || records.length === 0 ? ERRORS.INVALID_RECORD : ERRORS.CORRUPT_MESSAGE;
}

/** Formats 0 and 1 are known and refused, others are not known at all. */
function faultOfMagic(magic: number): ErrorCode {
  if (magic === MAGIC) return ERRORS.NONE;
  return magic === 0 || magic === 1 ? ERRORS.INVALID_RECORD : ERRORS.CORRUPT_MESSAGE;
}

function contentFault(records: Buffer, header: BatchHeader, { latest }: BatchLimits): ErrorCode {
  const isCounted = header.count > 0 && header.count === header.lastOffsetDelta + 1;
  if (!isCounted || header.baseOffset !== 0 || isControl(header)) return ERRORS.INVALID_RECORD;
  if (isTransactional(header)) return ERRORS.TRANSACTIONAL_ID_AUTHORIZATION_FAILED;
  if (header.maxTimestamp > latest) return ERRORS.INVALID_TIMESTAMP;
  if (header.producerId >= 0 && (header.baseSequence < 0 || header.producerEpoch < 0)) return ERRORS.INVALID_RECORD;
  return recordsFault(records, header);
}

/** Records are counted where they can be read; snappy, lz4 and zstd are kept unopened, as Node 20 cannot open them. */
function recordsFault(records: Buffer, header: BatchHeader): ErrorCode {
  const codec = codecOfBatch(header);
  if (codec > LAST_CODEC) return ERRORS.UNKNOWN_SERVER_ERROR;
  if (codec > 1) return ERRORS.NONE;
  const start = codec === 0 ? HEADER_BYTES : 0;
  const payload = codec === 0 ? records : gunzip(records.subarray(HEADER_BYTES));
  if (!payload) return ERRORS.UNKNOWN_SERVER_ERROR;
  return holdsRecords(payload, start, payload.length, header.count) ? ERRORS.NONE : ERRORS.INVALID_RECORD;
}

/** Most bytes that a compressed batch may become: no small request may fill the memory. */
const MAX_INFLATED = 64 * 1024 * 1024;

function gunzip(payload: Buffer): Buffer | undefined {
  try {
    return gunzipSync(payload, { maxOutputLength: MAX_INFLATED });
  } catch {
    return undefined;
  }
}
