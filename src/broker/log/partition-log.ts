import type { Clock, Log, Reached } from '../api.ts';
import { ERRORS, type ErrorCode } from '../protocol/errors.ts';
import { type BatchHeader, placeBatch } from '../protocol/record-batch.ts';
import type { OpenFile } from './log-file.ts';
import { writeSnapshot } from './producer-snapshot.ts';
import type { ProducerState } from './producer-state.ts';
import { Segment } from './segment.ts';
import { findTime, type TimeAndOffset } from './time-search.ts';

/** What an append came to. */
export type Appended = { error: typeof ERRORS.NONE; baseOffset: number } | { error: Exclude<ErrorCode, 0> };

/** What a read came to; `bytes` are whole batches, the first of which holds the offset. */
export type Fetched = { error: ErrorCode; bytes: Buffer };

/** What every partition of the broker is given. */
export type LogOptions = { clock: Clock; log: Log; reached: Reached; openFile: OpenFile; segmentBytes: number };

/** A partition as it was found on disk, or a new one. */
export type LogContents = { folder: string; segments: Segment[]; producers: ProducerState; startOffset: number };

const NO_BYTES = Buffer.alloc(0);

/** One partition: segments in a row, the offsets they span, and the producers that wrote to them. */
export class PartitionLog {
  readonly folder: string;
  private readonly options: LogOptions;
  private readonly segments: Segment[];
  private readonly producers: ProducerState;
  private readonly listeners = new Set<(bytes: number) => void>();
  private readonly flushes = new Set<Promise<void>>();
  private start: number;
  private broken: string | undefined;

  constructor(contents: LogContents, options: LogOptions) {
    this.folder = contents.folder;
    this.segments = contents.segments;
    this.producers = contents.producers;
    this.start = contents.startOffset;
    this.options = options;
  }

  /** Oldest readable offset: the low watermark. */
  get startOffset(): number {
    return this.start;
  }

  /** Offset of the next record: with one replica the high watermark is the end of the log. */
  get endOffset(): number {
    return this.active.nextOffset;
  }

  /** Bytes of all segments. */
  get size(): number {
    return this.segments.reduce((sum, segment) => sum + segment.size, 0);
  }

  /** Why nothing can be appended any more, or undefined while all is well. */
  get readOnly(): string | undefined {
    return this.broken;
  }

  private get active(): Segment {
    return this.segments.at(-1) as Segment;
  }

  /**
   * Appends one validated batch, rewriting its base offset in place. When this returns, the bytes are with the operating
   * system: they survive the death of this process, not that of the machine.
   */
  append(bytes: Buffer, header: BatchHeader): Appended {
    if (this.broken !== undefined) return { error: ERRORS.KAFKA_STORAGE_ERROR };
    const verdict = this.producers.judge(header);
    if (verdict.kind === 'refused') return { error: verdict.error as Exclude<ErrorCode, 0> };
    if (verdict.kind === 'duplicate') return { error: ERRORS.NONE, baseOffset: verdict.baseOffset };
    const baseOffset = this.endOffset;
    header.baseOffset = baseOffset;
    placeBatch(bytes, 0, baseOffset);
    try {
      this.rollFor(header);
      this.active.append(bytes, header);
    } catch (error) {
      this.breakOff(error);
      return { error: ERRORS.KAFKA_STORAGE_ERROR };
    }
    this.options.reached('append-written');
    this.producers.record(header, baseOffset, this.options.clock.now());
    for (const listener of this.listeners) listener(header.size);
    return { error: ERRORS.NONE, baseOffset };
  }

  /** Reads from the batch that holds `offset`; nothing at the end, error 1 outside of the log. */
  read(offset: number, maxBytes: number, atLeastOne: boolean): Fetched {
    if (offset === this.endOffset) return { error: ERRORS.NONE, bytes: NO_BYTES };
    if (offset < this.start || offset > this.endOffset) return { error: ERRORS.OFFSET_OUT_OF_RANGE, bytes: NO_BYTES };
    const segment = this.segmentOf(offset);
    const position = segment.positionOf(Math.max(offset, segment.base));
    return { error: ERRORS.NONE, bytes: segment.read(position, maxBytes, atLeastOne) };
  }

  /** The first record at or after `timestamp`, or undefined if all are older. */
  find(timestamp: number): TimeAndOffset | undefined {
    return findTime(this.segments, timestamp, this.start);
  }

  /** Calls `listener` with the bytes of each append, and with Infinity when the log changes otherwise; returns the way off. */
  onChange(listener: (bytes: number) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Moves the log start up to `offset`; whole segments below it go. Returns the new start. */
  deleteBefore(offset: number): number {
    if (offset > this.start) this.start = offset;
    while ((this.oldest?.nextOffset ?? Number.POSITIVE_INFINITY) <= this.start) this.segments.shift()?.remove();
    this.wakeAll();
    return this.start;
  }

  /** The oldest segment that may be dropped: never the active one. */
  get oldest(): { size: number; maxTimestamp: number; nextOffset: number } | undefined {
    return this.segments.length > 1 ? this.segments[0] : undefined;
  }

  /** Drops the oldest segment; the log begins where the next one does. */
  dropOldest(): void {
    if (this.oldest) this.deleteBefore(this.oldest.nextOffset);
  }

  /** Ends the active segment if it holds records, all older than `timestamp`, so that retention may drop it. */
  rollIfOlder(timestamp: number): void {
    const { size, maxTimestamp } = this.active;
    if (size > 0 && maxTimestamp < timestamp && this.broken === undefined) this.roll();
  }

  /** Forgets producers not seen since `before`. */
  expireProducers(before: number): void {
    this.producers.expire(before);
  }

  /** Brings everything to the disk and leaves a recovery point. */
  async flush(): Promise<void> {
    const offset = this.endOffset;
    const snapshot = { offset, producers: structuredClone(this.producers.entries()) };
    await Promise.all([...this.flushes, this.active.sync()]);
    writeSnapshot(this.folder, snapshot);
  }

  /** Lets go of the files. Waiting readers are woken. */
  async close(): Promise<void> {
    await Promise.allSettled(this.flushes);
    for (const segment of this.segments) segment.close();
    this.wakeAll();
  }

  /** The first segment that ends behind the offset: between two of them a torn one may have left a gap. */
  private segmentOf(offset: number): Segment {
    let low = 0;
    let high = this.segments.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.segments[middle] as Segment).nextOffset > offset) high = middle;
      else low = middle + 1;
    }
    return this.segments[low] as Segment;
  }

  private rollFor(header: BatchHeader): void {
    const { size } = this.active;
    const isFull = size > 0 && size + header.size > this.options.segmentBytes;
    if (isFull || !this.active.reaches(header.baseOffset + header.lastOffsetDelta)) this.roll();
  }

  /** Begins a new segment; the old one goes to the disk in the background, then its end becomes a recovery point. */
  private roll(): void {
    const old = this.active;
    const snapshot = { offset: old.nextOffset, producers: structuredClone(this.producers.entries()) };
    this.segments.push(new Segment(this.folder, old.nextOffset, this.options.openFile));
    this.options.reached('segment-rolled');
    const flush = old
      .sync()
      .then(() => writeSnapshot(this.folder, snapshot))
      .catch((error: unknown) => this.options.log('warn', `${this.folder}: no recovery point: ${String(error)}`))
      .finally(() => this.flushes.delete(flush));
    this.flushes.add(flush);
  }

  private breakOff(error: unknown): void {
    this.broken = error instanceof Error ? error.message : String(error);
    this.options.log('error', `${this.folder} is read-only from now on, an append failed: ${this.broken}`);
  }

  private wakeAll(): void {
    for (const listener of this.listeners) listener(Number.POSITIVE_INFINITY);
  }
}
