import { Accepted } from './accepted.ts';
import { Census } from './census.ts';
import { createLanes, type Lanes } from './hash.ts';
import { EventIds } from './ids.ts';
import type { FoldOptions } from './orders-fold.ts';
import type { OutcomeKind } from './outcome.ts';
import { OutcomeReader } from './outcome-reader.ts';
import { Position, type SavedPosition } from './position.ts';

/** What becomes of an own event, by whether its source offset is above the last one and its order id is new. */
export type OwnVerdict = 'accepted' | 'redelivered' | 'repeated' | 'conflict';

/** What became of a record of `inventory-events`; `stale` ones were folded before. */
export type OutcomeVerdict = OwnVerdict | 'foreign' | 'legacy' | 'malformed' | 'stale';

/** How many records got each verdict that accepts nothing; `legacy` counts all of an older producer's, accepted or not. */
export type OutcomeCounts = {
  redelivered: number;
  repeated: number;
  conflict: number;
  foreign: number;
  legacy: number;
  malformed: number;
};

/** The plain half of a saved fold. `last` is W, the highest source offset of any own event; -1 without one. */
export type SavedOutcomes = SavedPosition & OutcomeCounts & { accepted: number; last: number };

/** Folds one partition of `inventory-events` by the rule that every reader keeps; see docs/architecture.md, "Correct under any crash". */
export class OutcomesFold {
  readonly partition: number;
  readonly accepted: Accepted;
  readonly position = new Position();
  readonly counts: OutcomeCounts = { redelivered: 0, repeated: 0, conflict: 0, foreign: 0, legacy: 0, malformed: 0 };
  /** W: the highest source offset of any own event folded so far; -1 without one. */
  last = -1;
  /** Hash of the order id that the event of W names; by it a worker knows its source topic again. */
  readonly lastLanes = createLanes();
  readonly #ids: EventIds;
  readonly #reader = new OutcomeReader();

  constructor({
    ordersTopic,
    partition,
    census = new Census(),
    journal = true,
  }: FoldOptions & { ordersTopic: string }) {
    this.partition = partition;
    this.#ids = new EventIds(ordersTopic, partition);
    this.accepted = new Accepted({ census, partition, journal });
  }

  /** Folds the record at `offset`; offsets must rise, and one that does not is left out as `stale`. */
  apply(offset: number, value: Buffer | null): OutcomeVerdict {
    if (!this.position.advance(offset, value)) return 'stale';
    const verdict = this.#judge(offset, value);
    if (verdict !== 'accepted') this.counts[verdict]++;
    return verdict;
  }

  /** Folds an own event whose fields are known already: what a worker has just had acknowledged at `offset`. */
  applyOwn(offset: number, sourceOffset: number, orderLanes: Lanes, kind: OutcomeKind): OwnVerdict | 'stale' {
    if (!this.position.advance(offset, undefined)) return 'stale';
    const verdict = this.#judgeOwn(offset, sourceOffset, orderLanes, kind);
    if (verdict !== 'accepted') this.counts[verdict]++;
    return verdict;
  }

  /** Whether an outcome of this order id was accepted. */
  has(orderLanes: Lanes): boolean {
    return this.accepted.has(orderLanes);
  }

  /** The accepted outcome of this order id, or undefined without one. */
  kindOf(orderLanes: Lanes): OutcomeKind | undefined {
    return this.accepted.kindOf(orderLanes);
  }

  #judge(offset: number, value: Buffer | null): Exclude<OutcomeVerdict, 'stale'> {
    const reader = this.#reader;
    if (!reader.read(value)) return 'malformed';
    if (reader.sourceShape === 'none') {
      this.accepted.add(reader.lanes, offset, reader.kind);
      return 'legacy';
    }
    if (!reader.isOf(this.#ids)) return 'foreign';
    return this.#judgeOwn(offset, reader.offset, reader.lanes, reader.kind);
  }

  #judgeOwn(offset: number, sourceOffset: number, lanes: Lanes, kind: OutcomeKind): OwnVerdict {
    if (sourceOffset <= this.last) return this.accepted.has(lanes) ? 'redelivered' : 'conflict';
    this.last = sourceOffset;
    this.lastLanes.set(lanes);
    return this.accepted.add(lanes, offset, kind) ? 'accepted' : 'repeated';
  }

  /** Counters by name, in a fixed order. */
  counters(): Record<string, number> {
    const { reserved, failed } = this.accepted;
    return { reserved, failed, ...this.counts, last: this.last };
  }

  /** The plain half of the state; the other half is every `takeJournal` until now. */
  save(): SavedOutcomes {
    return { ...this.position.save(), ...this.counts, accepted: this.accepted.count, last: this.last };
  }

  /** Entries accepted since the last call. */
  takeJournal(): Buffer {
    return this.accepted.take();
  }

  /** Fills a new fold; false if the two halves do not belong together, and then the fold is of no use. */
  restore(saved: SavedOutcomes, journal: Iterable<Uint8Array>): boolean {
    this.position.restore(saved);
    this.last = saved.last;
    for (const name of Object.keys(this.counts) as (keyof OutcomeCounts)[]) this.counts[name] = saved[name];
    for (const entries of journal) if (!this.accepted.restore(entries)) return false;
    return this.accepted.count === saved.accepted;
  }
}
