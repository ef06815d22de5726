import { join } from 'node:path';
import {
  type BatchHeader,
  baseOffsetAt,
  HEADER_BYTES,
  nextOffsetAt,
  sizeAt,
  wholeBatches,
} from '../protocol/record-batch.ts';
import type { LogFile, OpenFile } from './log-file.ts';
import { OffsetHints } from './offset-hints.ts';
import { OffsetIndex } from './offset-index.ts';
import { offsetName } from './offset-name.ts';
import { scanBatches } from './scan.ts';

/** Bytes of log between two entries of the index. */
const INDEX_INTERVAL = 64 * 1024;
/** Furthest that a batch may lie from the base, by the index's form. */
const MAX_RELATIVE_OFFSET = 2 ** 32 - 1;

/** One file of a partition's log, its index beside it. Batches lie in it exactly as they came over the wire. */
export class Segment {
  /** Offset that the segment begins with; the file is named for it. */
  readonly base: number;
  readonly file: LogFile;
  private readonly indexFile: LogFile;
  private index: OffsetIndex;
  private readonly hints = new OffsetHints();
  private bytes = 0;
  private indexedTo = 0;
  private next: number;
  private youngest = -1;

  constructor(folder: string, base: number, openFile: OpenFile) {
    this.base = base;
    this.next = base;
    this.file = openFile(join(folder, `${offsetName(base)}.log`));
    this.indexFile = openFile(join(folder, `${offsetName(base)}.idx`));
    this.index = new OffsetIndex(base);
  }

  /** Bytes of whole batches. */
  get size(): number {
    return this.bytes;
  }

  /** Offset that the next batch gets. */
  get nextOffset(): number {
    return this.next;
  }

  /** Highest timestamp of its records; -1 while it is empty. */
  get maxTimestamp(): number {
    return this.youngest;
  }

  /** Whether a batch that ends with `lastOffset` can still be indexed here. */
  reaches(lastOffset: number): boolean {
    return lastOffset - this.base <= MAX_RELATIVE_OFFSET;
  }

  /** Appends one batch. Throws Node's error if the disk fails; then the segment is as it was, as far as the disk lets it. */
  append(bytes: Buffer, header: BatchHeader): void {
    try {
      this.file.write(bytes, this.bytes);
    } catch (error) {
      this.file.truncate(this.bytes);
      throw error;
    }
    const entry = this.take(header, this.bytes);
    if (entry) this.indexFile.write(entry, (this.index.length - 1) * entry.length);
  }

  /** Position of the batch that holds `offset`, which must lie between the base and the next offset. */
  positionOf(offset: number): number {
    const hint = this.hints.find(offset);
    if (hint !== undefined) return hint;
    const start = this.index.floor(offset)?.position ?? 0;
    return this.walk(start, (header) => header.baseOffset + header.lastOffsetDelta < offset);
  }

  /** Position of the first batch that may hold a record of `timestamp` or later. */
  positionOfTime(timestamp: number): number {
    return this.walk(this.index.positionForTime(timestamp), (header) => header.maxTimestamp < timestamp);
  }

  /** Whole batches from `position` on, at most `maxBytes`; the first one comes whole even if it is larger (KIP-74). */
  read(position: number, maxBytes: number, atLeastOne: boolean): Buffer {
    const length = Math.min(Math.max(maxBytes, HEADER_BYTES), this.bytes - position);
    let bytes = this.readExactly(position, length);
    const size = sizeAt(bytes, 0);
    if (size > length && atLeastOne) bytes = this.readExactly(position, size);
    const { end, last } = wholeBatches(bytes);
    if (end === 0 || (end > maxBytes && !atLeastOne)) return bytes.subarray(0, 0);
    // The next read of this consumer begins where this one ends.
    this.hints.remember(nextOffsetAt(bytes, last), position + end);
    return bytes.subarray(0, end);
  }

  /**
   * Reads the index back and walks the batches from the last entry at or below `trustedTo`, calling `visit` for each, and
   * cuts what is not a whole and right batch. Returns the bytes that were cut.
   */
  recover(trustedTo: number, visit: (header: BatchHeader) => void): number {
    const fileSize = this.file.size();
    const length = this.indexFile.size();
    const stored = Buffer.alloc(length);
    this.indexFile.read(stored, 0);
    this.index = OffsetIndex.from(this.base, stored, fileSize);
    const start = this.startOfScan(trustedTo);
    this.index.truncate(start + 1);
    this.bytes = start;
    this.indexedTo = start;
    this.youngest = this.index.last()?.maxTimestamp ?? -1;
    const end = scanBatches(this.file, { start, end: fileSize, checkFrom: trustedTo }, (header, position) => {
      if (header.baseOffset < this.next) return false;
      this.take(header, position);
      visit(header);
      return true;
    });
    if (end < fileSize) this.file.truncate(end);
    this.storeIndex(length);
    return fileSize - end;
  }

  /** Resolves when everything appended so far is on the disk. */
  async sync(): Promise<void> {
    await Promise.all([this.file.sync(), this.indexFile.sync()]);
  }

  close(): void {
    this.file.close();
    this.indexFile.close();
  }

  remove(): void {
    this.close();
    this.file.remove();
    this.indexFile.remove();
  }

  /** Keeps the books of a batch that lies at `position`; returns the bytes of a new index entry. */
  private take(header: BatchHeader, position: number): Buffer | undefined {
    const isDue = position - this.indexedTo >= INDEX_INTERVAL;
    const entry = isDue ? this.indexAt(header.baseOffset, position) : undefined;
    this.bytes = position + header.size;
    this.next = header.baseOffset + header.lastOffsetDelta + 1;
    if (header.maxTimestamp > this.youngest) this.youngest = header.maxTimestamp;
    this.hints.remember(this.next, this.bytes);
    return entry;
  }

  private indexAt(offset: number, position: number): Buffer {
    this.indexedTo = position;
    return this.index.add({ offset, position, maxTimestamp: this.youngest });
  }

  private startOfScan(trustedTo: number): number {
    const entry = this.index.floor(trustedTo);
    if (!entry) return 0;
    const bytes = Buffer.alloc(HEADER_BYTES);
    // An index that points elsewhere than at the batch it names is of no use: all is walked.
    const isThere = this.file.read(bytes, entry.position) === HEADER_BYTES && baseOffsetAt(bytes, 0) === entry.offset;
    return isThere ? entry.position : 0;
  }

  private storeIndex(storedLength: number): void {
    const bytes = this.index.toBytes();
    this.indexFile.write(bytes, 0);
    if (bytes.length < storedLength) this.indexFile.truncate(bytes.length);
  }

  private walk(start: number, isBefore: (header: BatchHeader) => boolean): number {
    const range = { start, end: this.bytes };
    return scanBatches(this.file, range, (header) => isBefore(header));
  }

  private readExactly(position: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafe(length);
    const count = this.file.read(bytes, position);
    if (count < length)
      throw new Error(`${this.file.path} ends at ${position + count}, but ${this.bytes} bytes were written`);
    return bytes;
  }
}
