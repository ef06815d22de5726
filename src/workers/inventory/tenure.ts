import { faultOf, isRefusal, SendDoubt } from '../../kafka/errors.ts';
import type { ConsumedRecord } from '../../kafka/record.ts';
import { EventIds } from '../../orders/ids.ts';
import { OrderReader } from '../../orders/order-reader.ts';
import { isCommitDue } from '../commit-clock.ts';
import type { PartitionView } from '../messages.ts';
import { pauseFor } from '../world.ts';
import { Doubt, Halt } from './doubt.ts';
import { Outlet } from './outlet.ts';
import { Queue } from './queue.ts';
import { restore } from './restore.ts';
import { Slice } from './slice.ts';
import { type Commit, metadataOf } from './start-offset.ts';
import type { TenureParts } from './tenure-parts.ts';

/** A slice ends after this long, throttle included, ms. */
const SLICE_MS = 250;
const FIRST_RETRY_MS = 50;
const LAST_RETRY_MS = 2_000;

/**
 * Owns everything of one partition in one generation: W, the decided ids, the chain of sends and an abort signal. Only
 * the newest generation's tenure seeks, resumes and commits.
 */
export class Tenure {
  readonly partition: number;
  readonly #parts: TenureParts;
  readonly #ending = new AbortController();
  /** From here on nothing more is taken: it ends, halts, or finishes what is in hand. */
  readonly #stopping = new AbortController();
  readonly #queue: Queue;
  readonly #ids: EventIds;
  readonly #orders = new OrderReader();
  readonly #outlet: Outlet;
  #state: PartitionView['state'] = 'restoring';
  #reason = 'reading its output';
  #position = 0;
  #expected = 0;
  #outputEnd = 0;
  #commit: Commit;
  #end = -1;
  #movedAt = 0;
  #committedAt = 0;
  #doubts = 0;
  #lastRejection = '';
  #failure: Doubt | undefined;
  #wake = () => {};
  readonly #life: Promise<void>;

  constructor(parts: TenureParts) {
    this.#parts = parts;
    this.#commit = parts.committed;
    this.partition = parts.partition;
    this.#queue = new Queue({ hold: parts.holdFetch, release: parts.releaseFetch });
    this.#ids = new EventIds(parts.home.birth.topics.orders, parts.partition);
    this.#outlet = new Outlet({ ...parts, signal: this.#ending.signal });
    this.#life = this.#live().catch(parts.home.fail);
  }

  /** Takes what was fetched; what lies before the position is left out. */
  take(records: readonly ConsumedRecord[], highWatermark: number): void {
    if (this.#state !== 'running' || this.#stopping.signal.aborted) return;
    this.#end = highWatermark;
    const last = records.at(-1);
    if (last === undefined) return;
    if (last.offset < this.#expected) {
      if (highWatermark < this.#expected) this.#fail(`it ends at ${highWatermark}, before ${this.#expected}`);
      return;
    }
    const first = records.findIndex((r) => r.offset >= this.#expected);
    this.#expected = last.offset + 1;
    this.#queue.put(first === 0 ? records : records.slice(first));
    this.#wake();
  }

  /** Looks again: a knob was turned, a pause ended, a heartbeat came. */
  nudge(): void {
    this.#wake();
  }

  /** Ends at once: nothing of this tenure seeks, commits or sends any more. */
  end(): void {
    this.#ending.abort();
    this.#stopping.abort();
    this.#wake();
    this.#outlet.throwAway();
  }

  /** Finishes the slice in hand, takes no more. */
  async finish(): Promise<void> {
    this.#stopping.abort();
    this.#wake();
    if (this.#state === 'running') await this.#life;
    else this.end();
    this.#outlet.throwAway();
  }

  /** Whether the coordinator does not know the position yet. */
  get isDirty(): boolean {
    return this.#state === 'running' && !this.#ending.signal.aborted && !this.#isCommitted;
  }

  /** What to commit now, if it is time to, or if `now` is infinite. */
  due(now: number): Commit | undefined {
    if (!this.isDirty) return undefined;
    const state = {
      position: this.#position,
      isCommitted: false,
      isDrained: this.#queue.isEmpty,
      movedAt: this.#movedAt,
      committedAt: this.#committedAt,
    };
    if (!isCommitDue(state, now)) return undefined;
    this.#committedAt = Math.min(now, this.#parts.home.world.now());
    return { offset: this.#position, metadata: metadataOf(this.#parts.fold.last) };
  }

  /** Notes that the coordinator has this offset. */
  committedTo(commit: Commit): void {
    this.#commit = commit;
  }

  get #isCommitted(): boolean {
    return this.#commit.offset === this.#position && this.#commit.metadata === metadataOf(this.#parts.fold.last);
  }

  /** The position went out of the partition's range: retention went by, or the topic is another one now. */
  jumped(from: number, range: { low: number; high: number }): void {
    this.#fail(`it holds ${range.low} to ${range.high - 1}, but ${from} comes next`);
  }

  view(): PartitionView {
    return {
      topic: this.#parts.home.birth.topics.orders,
      partition: this.partition,
      state: this.#state,
      reason: this.#reason,
      first: -1,
      position: this.#position,
      committed: this.#commit.offset,
      end: this.#end,
      waitingSince: this.#queue.waitingSince,
    };
  }

  async #live(): Promise<void> {
    const { signal } = this.#ending;
    while (!this.#stopping.signal.aborted) {
      try {
        await this.#restore();
        await this.#work();
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof Halt) return this.#halt(error.message);
        await this.#doubt(error);
      }
    }
  }

  async #restore(): Promise<void> {
    const { home, partition, fold, reader } = this.#parts;
    const { world, birth } = home;
    const startedAt = world.now();
    this.#state = 'restoring';
    this.#failure = undefined;
    this.#queue.clear();
    const restored = await restore({
      reader,
      topics: birth.topics,
      partition,
      fold,
      commit: this.#commit,
      progress: (share) => {
        this.#reason = `reading its output, ${Math.floor(share * 100)} %`;
      },
      signal: this.#ending.signal,
    });
    if (this.#ending.signal.aborted) return;
    const { w, offset, ignored, read, outputEnd } = restored;
    const where = { slot: birth.slot, partition };
    const base = { committed: this.#commit.offset, start: offset };
    if (ignored) home.tell({ type: 'commit-ignored', ...where, topic: birth.topics.orders, ...base, reason: ignored });
    home.tell({ type: 'partition-restored', ...where, w, ...base, read, forMs: world.now() - startedAt });
    this.#outputEnd = outputEnd;
    this.#position = offset;
    this.#expected = offset;
    this.#movedAt = world.now();
    this.#committedAt = 0;
    this.#state = 'running';
    this.#reason = '';
    this.#parts.seek(offset);
    this.#parts.releaseFetch();
    this.#parts.moved();
  }

  async #work(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      if (this.#failure) throw this.#failure;
      if (this.#queue.isEmpty || !this.#parts.mayDecide()) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
        continue;
      }
      const slice = await this.#cut();
      if (slice.records > 0) await this.#publish(slice);
    }
  }

  /** Takes and decides records until the slice is full, the queue empty or the time over. */
  async #cut(): Promise<Slice> {
    const { home, fold, turnstile, knobs, mayDecide } = this.#parts;
    const { signal } = this.#stopping;
    const topic = home.birth.topics.orders;
    const slice = new Slice({ topic, ids: this.#ids, reader: this.#orders, isKnown: (lanes) => fold.has(lanes) });
    let at = home.world.now();
    const until = at + SLICE_MS;
    while (!slice.isFull && !this.#queue.isEmpty && home.world.now() < until) {
      if (!turnstile.isOpen) {
        // What is decided waits for no later order; an empty slice has all the time.
        const withinMs = slice.records > 0 ? until - home.world.now() : Number.POSITIVE_INFINITY;
        if (!(await turnstile.pass(signal, withinMs)) || signal.aborted || !mayDecide()) break;
        at = home.world.now();
      }
      const record = this.#queue.take();
      if (!record) break;
      slice.take(record, knobs().failRate, at);
    }
    return slice;
  }

  /** Dead letters first, then one batch of outcomes; only what is acknowledged counts. */
  async #publish(slice: Slice): Promise<void> {
    await this.#outlet.bury(slice);
    if (slice.outputs.length > 0) this.#land(slice, await this.#outlet.publish(slice));
    if (this.#ending.signal.aborted) return;
    this.#position = slice.next;
    this.#movedAt = this.#parts.home.world.now();
    this.#doubts = 0;
    this.#lastRejection = '';
    this.#parts.counted(slice);
    this.#parts.moved();
  }

  /** Folds an acknowledged batch, if it landed where the output ended. */
  #land({ decisions }: Slice, baseOffset: number): void {
    if (this.#ending.signal.aborted) return;
    const { home, partition, fold } = this.#parts;
    if (baseOffset !== this.#outputEnd) {
      const where = `${home.birth.topics.inventoryEvents}/${partition}`;
      throw new Doubt(
        `the batch landed at ${where}@${baseOffset}, not at ${this.#outputEnd}: somebody else writes there`,
      );
    }
    let offset = baseOffset;
    for (const { sourceOffset, lanes, kind } of decisions) fold.applyOwn(offset++, sourceOffset, lanes, kind);
    this.#outputEnd = offset;
  }

  /** Throws the producers away, says why, and waits a little before everything begins again. */
  async #doubt(error: unknown): Promise<void> {
    const { home, partition, doubted } = this.#parts;
    const reason = error instanceof Error ? error.message : String(error);
    this.#outlet.throwAway();
    this.#state = 'restoring';
    this.#reason = `in doubt: ${reason}`;
    this.#doubts += 1;
    doubted();
    // Said once, not at every try of a broker that stays away.
    if (this.#doubts === 1) home.tell({ type: 'send-doubted', slot: home.birth.slot, partition, reason });
    const rejection = rejectionIn(error);
    if (rejection !== undefined && this.#lastRejection === rejection) return this.#halt(reason);
    this.#lastRejection = rejection ?? this.#lastRejection;
    const waitMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** (this.#doubts - 1));
    await pauseFor(home.world, waitMs, this.#ending.signal);
  }

  #halt(reason: string): void {
    const { home, partition } = this.#parts;
    this.#state = 'halted';
    this.#reason = reason;
    this.#stopping.abort();
    this.#outlet.throwAway();
    home.tell({ type: 'partition-halted', slot: home.birth.slot, topic: home.birth.topics.orders, partition, reason });
  }

  #fail(reason: string): void {
    this.#failure = new Doubt(`${this.#parts.home.birth.topics.orders}/${this.partition}: ${reason}`);
    this.#wake();
  }
}

/** Name of a final no: of a send, or of the cluster to whatever we ask; undefined where another try may end otherwise. */
function rejectionIn(error: unknown): string | undefined {
  const fault = faultOf(error);
  if (!fault || fault.retriable) return undefined;
  return error instanceof SendDoubt || isRefusal(fault) ? fault.name : undefined;
}
