import type { ConsumedRecord } from '../../kafka/record.ts';
import { compareStates, digestOf } from '../../orders/compare.ts';
import { Ledger } from '../../orders/ledger.ts';
import { totalsOf } from '../../orders/totals.ts';
import type { ReplayPreview, ReplayRange, ReplayState, ReplayVerdict } from '../messages.ts';
import { foldRecords } from './apply.ts';

/** A replay under way: a second ledger beside the held one, folded up to the cut and then compared. Pure but for time, which is handed in. */
export class Replay {
  readonly preview: ReplayPreview;
  readonly second: Ledger;
  readonly #held: Ledger;
  readonly #startedAt: number;
  phase: ReplayState['phase'] = 'rewinding';

  constructor(preview: ReplayPreview, held: Ledger, startedAt: number) {
    this.preview = preview;
    this.second = new Ledger(held.topics);
    this.#held = held;
    this.#startedAt = startedAt;
  }

  rangeOf(topic: string, partition: number): ReplayRange | undefined {
    return this.preview.ranges.find((r) => r.topic === topic && r.partition === partition);
  }

  /** Next offset to read of a topic-partition. */
  nextOf(range: ReplayRange): number {
    return Math.max(range.from, this.second.fold(range.topic, range.partition).position.next);
  }

  isThrough(range: ReplayRange): boolean {
    return this.nextOf(range) >= range.to;
  }

  get isAllThrough(): boolean {
    return this.preview.ranges.every((range) => this.isThrough(range));
  }

  /**
   * Folds what belongs to the replay, and nothing at or behind the cut. A batch that was asked for at a later offset than
   * comes next is a late one, left out; offsets that are missing within it the log does not have.
   */
  take(topic: string, partition: number, records: readonly ConsumedRecord[], expected = records[0]?.offset ?? 0): void {
    const range = this.rangeOf(topic, partition);
    if (!range || expected > this.nextOf(range)) return;
    const from = records.findIndex((r) => r.offset >= range.from);
    if (from < 0) return;
    foldRecords(this.second, { topic, partition, until: range.to }, from === 0 ? records : records.slice(from));
  }

  state(): ReplayState {
    const folded = this.preview.ranges.reduce((sum, r) => sum + this.nextOf(r) - r.from, 0);
    return {
      phase: this.phase,
      ranges: this.preview.ranges,
      folded,
      records: this.preview.records,
      held: totalsOf(this.#held),
      replayed: totalsOf(this.second),
    };
  }

  /** Compares at the cut, or reports the window when the two cannot be the same. */
  verdict(now: number): ReplayVerdict {
    const base = { records: this.preview.records, forMs: now - this.#startedAt };
    if (!this.preview.full) return { type: 'window', ...base, totals: totalsOf(this.second) };
    const found = compareStates(this.#held, this.second);
    if (found.identical) return { type: 'identical', ...base, digest: digestOf(this.second), removed: 0 };
    const { counter, topic, partition, from, to, held, replayed } = found;
    const where = to - from <= 1 ? `offset ${from}` : `offsets ${from} to ${to - 1}`;
    const sentence = `${counter} of ${topic}/${partition} is ${held} in the held state and ${replayed} in the replayed one; they first part at ${where}`;
    return {
      type: 'different',
      ...base,
      sentence,
      counter,
      topic,
      partition,
      from,
      to,
      held: String(held),
      replayed: String(replayed),
    };
  }
}
