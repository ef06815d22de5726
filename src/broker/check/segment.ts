import { join } from 'node:path';
import { offsetName } from '../log/offset-name.ts';
import { scanBatches } from '../log/scan.ts';
import { type BatchHeader, HEADER_BYTES, hasRightCrc, magicAt, sizeAt } from '../protocol/record-batch.ts';
import { fewOf } from './found.ts';
import { type IndexWalk, walkIndex } from './index-walk.ts';
import { isZero, openReadOnly, type ReadOnlyFile } from './read-only.ts';

/** Which segment of a partition: its first offset, where the log begins, and below which offset a start doubts nothing. */
export type SegmentPlace = { folder: string; base: number; logStart: number; recoveryPoint: number; isLast: boolean };

/** A segment as it was found; `records` are those at or above the log start. */
export type CheckedSegment = { next: number; records: number; bytes: number; faults: string[]; notes: string[] };

/** Reads a segment from its first byte to its last, about a megabyte at a time, and its index with it. */
export function checkSegment(place: SegmentPlace): CheckedSegment {
  const file = openReadOnly(join(place.folder, `${offsetName(place.base)}.log`));
  try {
    return new SegmentCheck(place, file).run();
  } finally {
    file.close();
  }
}

class SegmentCheck {
  private readonly place: SegmentPlace;
  private readonly file: ReadOnlyFile;
  private readonly name: string;
  private readonly size: number;
  private readonly index: IndexWalk;
  private readonly faults: string[] = [];
  private readonly notes: string[] = [];
  private next: number;
  private records = 0;
  private youngest = -1;
  /** The batch before was damaged, so that what its header says of offsets proves nothing. */
  private isLost = false;

  constructor(place: SegmentPlace, file: ReadOnlyFile) {
    this.place = place;
    this.file = file;
    this.name = `${offsetName(place.base)}.log`;
    this.size = file.size();
    this.index = walkIndex(place.folder, place.base, this.size);
    this.next = place.base;
  }

  run(): CheckedSegment {
    const range = { start: 0, end: this.size };
    const end = scanBatches(this.file, range, (header, position, bytes) => this.take(header, position, bytes));
    if (end < this.size) this.explainEnd(end);
    const wrongIndex = this.index.fault();
    if (wrongIndex !== undefined) this.faults.push(wrongIndex);
    if (this.index.isMissing) this.notes.push(`${this.name} has no index: the next start makes it anew`);
    const { next, records, size: bytes, notes } = this;
    return { next, records, bytes, faults: fewOf(this.faults), notes };
  }

  /** Judges a batch that is wholly there. Always goes on: what lies behind a damaged one is of interest, too. */
  private take(header: BatchHeader, position: number, bytes: Buffer): true {
    const { baseOffset, lastOffsetDelta, count, maxTimestamp } = header;
    this.index.meet(header, position, this.youngest);
    const fault = this.faultOf(header, bytes);
    if (fault) this.faults.push(`${fault}, at byte ${position} of ${this.name}${this.consequence()}`);
    this.isLost = fault !== undefined;
    if (this.isLost && baseOffset < this.next) return true;
    this.next = baseOffset + Math.max(0, lastOffsetDelta) + 1;
    if (fault === undefined) this.records += Math.min(count, Math.max(0, this.next - this.place.logStart));
    this.youngest = Math.max(this.youngest, maxTimestamp);
    return true;
  }

  private faultOf({ baseOffset, size, count, lastOffsetDelta }: BatchHeader, bytes: Buffer): string | undefined {
    if (!hasRightCrc(bytes, 0, size)) return `the checksum of the batch of offset ${baseOffset} is wrong`;
    if (baseOffset < this.next) return `offset ${baseOffset} stands behind ${this.next - 1}`;
    if (baseOffset > this.next && !this.isLost) return `offsets ${this.next} to ${baseOffset - 1} are missing`;
    if (count !== lastOffsetDelta + 1) return `the batch of offset ${baseOffset} counts ${count} records wrongly`;
    return undefined;
  }

  /** Above the recovery point a start walks the log and cuts it where it is not right; below, readers meet it. */
  private consequence(): string {
    return this.isDoubted ? '; the next start cuts the segment there' : '';
  }

  private get isDoubted(): boolean {
    return this.next >= this.place.recoveryPoint;
  }

  /** Says why the walk ended before the file does. */
  private explainEnd(end: number): void {
    const left = this.size - end;
    if (!this.isTorn(end, left)) {
      const what = `there is no batch at byte ${end} of ${this.name}, where offset ${this.next} would be`;
      this.faults.push(`${what}${this.consequence()}, with ${left} bytes`);
    } else if (this.place.isLast && this.isDoubted) {
      this.notes.push(`torn tail: ${left} bytes behind offset ${this.next} in ${this.name}, cut at the next start`);
    } else {
      this.faults.push(`${this.name} ends in the middle of a batch, at byte ${end} behind offset ${this.next}`);
    }
  }

  /** Whether this is the beginning of a batch that was not written to its end. */
  private isTorn(end: number, left: number): boolean {
    const head = Buffer.alloc(Math.min(HEADER_BYTES, left));
    this.file.read(head, end);
    const isBatch = left <= 16 || (magicAt(head, 0) === 2 && sizeAt(head, 0) > left);
    return isBatch || isZero(this.file, end, this.size);
  }
}
