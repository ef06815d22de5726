import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OffsetIndex } from '../log/offset-index.ts';
import { offsetName } from '../log/offset-name.ts';
import type { BatchHeader } from '../protocol/record-batch.ts';

/** Compares the index of a segment with its batches, as these come by in order. */
export type IndexWalk = {
  /** @param youngest highest timestamp of the batches before this one; -1 for none */
  meet(header: BatchHeader, position: number, youngest: number): void;
  /** What is wrong with it, or undefined. Entries behind the last batch are no fault: a start drops them. */
  fault(): string | undefined;
  readonly isMissing: boolean;
};

/** Opens the index of the segment that begins with `base`; `end` is the size of the segment's file. */
export function walkIndex(folder: string, base: number, end: number): IndexWalk {
  const name = `${offsetName(base)}.idx`;
  const path = join(folder, name);
  const isMissing = !existsSync(path);
  // It has 16 bytes for 64 KiB of log: it may be read whole.
  const index = OffsetIndex.from(base, isMissing ? Buffer.alloc(0) : readFileSync(path), end);
  let next = 0;
  let wrong: number | undefined;
  return {
    isMissing,
    meet({ baseOffset }, position, youngest) {
      if (next >= index.length || wrong !== undefined) return;
      const entry = index.at(next);
      if (entry.position > position) return;
      const isRight = entry.position === position && entry.offset === baseOffset && entry.maxTimestamp === youngest;
      if (isRight) next++;
      else wrong = next;
    },
    fault() {
      if (wrong === undefined) return undefined;
      const { offset, position } = index.at(wrong);
      return `${name} is wrong about offset ${offset} at byte ${position}: remove it, the next start makes it anew`;
    },
  };
}
