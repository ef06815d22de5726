import { type OpenFile, openLogFile } from '../../../src/broker/log/log-file.ts';
import { openLog } from '../../../src/broker/log/open-log.ts';
import type { PartitionLog } from '../../../src/broker/log/partition-log.ts';
import { headerAt } from '../../../src/broker/protocol/record-batch.ts';
import { type BatchWish, batchOf } from '../batch-of.ts';

/** A log of a test, and what it said. */
export type TestLog = {
  log: PartitionLog;
  said: string[];
  append(wish?: BatchWish): ReturnType<PartitionLog['append']>;
};

export type TestLogOptions = { folder: string; segmentBytes?: number; openFile?: OpenFile; startOffset?: number };

/** Opens a partition on a clock that stands still. */
export function openTestLog({
  folder,
  segmentBytes = 1e9,
  openFile = openLogFile,
  startOffset = 0,
}: TestLogOptions): TestLog {
  const said: string[] = [];
  const log = openLog(folder, startOffset, {
    clock: { now: () => 0, setTimer: () => () => {} },
    log: (level, message) => said.push(`${level} ${message}`),
    reached: () => {},
    openFile,
    segmentBytes,
  });
  return {
    log,
    said,
    append: (wish) => {
      const bytes = batchOf(wish);
      return log.append(bytes, headerAt(bytes, 0));
    },
  };
}

/** Reads a log from `offset` to its end, as a consumer does; every batch once. */
export function readAll(log: PartitionLog, offset: number, maxBytes = 1e6): { offset: number; bytes: Buffer }[] {
  const batches: { offset: number; bytes: Buffer }[] = [];
  for (let next = offset; next < log.endOffset; ) {
    const { error, bytes } = log.read(next, maxBytes, true);
    if (error !== 0 || bytes.length === 0) throw new Error(`error ${error} and ${bytes.length} bytes at ${next}`);
    for (let at = 0; at < bytes.length; ) {
      const header = headerAt(bytes, at);
      batches.push({ offset: header.baseOffset, bytes: bytes.subarray(at, at + header.size) });
      at += header.size;
      next = header.baseOffset + header.lastOffsetDelta + 1;
    }
  }
  return batches;
}
