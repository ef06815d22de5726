import { type BatchHeader, HEADER_BYTES, hasRightCrc, headerAt, sizeAt } from '../protocol/record-batch.ts';
import type { LogFile } from './log-file.ts';

const WINDOW = 1024 * 1024;

/**
 * Walks the batches of a file from `start` to `end` and hands each to `visit`, which may end the walk with `false`.
 * From offset `checkFrom` on, checksums must be right; they are not looked at without it. Returns the position behind the last good batch: where a torn tail begins.
 */
export function scanBatches(
  file: Pick<LogFile, 'read'>,
  range: { start: number; end: number; checkFrom?: number },
  visit: (header: BatchHeader, position: number, bytes: Buffer) => boolean | undefined,
): number {
  const { checkFrom = Number.POSITIVE_INFINITY } = range;
  let position = range.start;
  let window: Buffer = Buffer.alloc(0);
  let windowStart = position;
  while (position + HEADER_BYTES <= range.end) {
    const wanted = Math.max(HEADER_BYTES, sizeIn(window, position - windowStart));
    if (position + wanted > range.end) break;
    if (position - windowStart + wanted > window.length) {
      window = readWindow(file, position, Math.min(range.end - position, Math.max(WINDOW, wanted)));
      windowStart = position;
      if (window.length < wanted) break;
      continue;
    }
    const at = position - windowStart;
    const header = headerAt(window, at);
    if (header.size < HEADER_BYTES || header.magic !== 2) break;
    if (header.baseOffset >= checkFrom && !hasRightCrc(window, at, header.size)) break;
    if (visit(header, position, window.subarray(at, at + header.size)) === false) return position;
    position += header.size;
  }
  return position;
}

/** Size of the batch at `at`, 0 while its length is not in the window. A negative or absurd one ends the walk later. */
function sizeIn(window: Buffer, at: number): number {
  return at + HEADER_BYTES <= window.length ? sizeAt(window, at) : 0;
}

function readWindow(file: Pick<LogFile, 'read'>, position: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  return bytes.subarray(0, file.read(bytes, position));
}
