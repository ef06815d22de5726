import type { ConsumedRecord } from '../../kafka/record.ts';
import { createLanes } from '../../orders/hash.ts';
import { hashText } from '../../orders/ids.ts';
import type { OrderVerdict } from '../../orders/orders-fold.ts';
import type { OutcomesFold } from '../../orders/outcomes-fold.ts';
import { readOrder, readOutcome } from '../../orders/read.ts';
import type { RecentOrder } from '../messages.ts';

/** Orders kept that no load test placed: a person's, or another client's. A flood of samples does not push them out. */
const BY_HAND = 20;

/** Orders of a load test that are kept as a sample. */
const SAMPLED = 40;

/** So many of a load's orders are sampled in this time, ms: more could not be read. */
const PER_LOOK = 3;
const LOOK_MS = 250;

const lanes = createLanes();

/** The last orders that were folded, bounded, and what became of each; what is not sampled costs one comparison. */
export class Recent {
  #byHand: RecentOrder[] = [];
  #sampled: RecentOrder[] = [];
  /** Those without an outcome by partition, in order of offset. */
  readonly #waiting = new Map<number, RecentOrder[]>();
  #lookedAt = 0;
  #left = PER_LOOK;

  /** How many of a batch's last records may be sampled now: one, so that partitions take turns. */
  allowance(now: number): number {
    if (now - this.#lookedAt >= LOOK_MS) [this.#lookedAt, this.#left] = [now, PER_LOOK];
    return Math.min(1, this.#left);
  }

  /** How many that no load placed are worth noting of one batch: as many as are kept. */
  get room(): number {
    return BY_HAND;
  }

  /** Notes a record of `orders` that was just folded; `outcomes` is the fold of the same partition. */
  note(record: ConsumedRecord, verdict: OrderVerdict, ofLoad: boolean, outcomes: OutcomesFold): void {
    if (verdict === 'stale') return;
    const read = readOrder(record.value);
    const orderId = 'orderId' in read ? read.orderId : (record.key?.toString() ?? '');
    const { partition } = outcomes;
    const known = verdict === 'placed' && outcomes.last >= record.offset ? kindOf(outcomes, orderId) : undefined;
    const state = verdict === 'placed' ? (known ?? 'waiting') : verdict;
    const { offset, timestamp: placedAt } = record;
    const order: RecentOrder = { orderId, partition, offset, placedAt, state, latencyMs: null, ofLoad };
    if (state === 'waiting') this.#waitingIn(partition).push(order);
    if (ofLoad) this.#left -= 1;
    this.#keep(order);
  }

  /** Offset of the first noted order of a partition that waits; infinite when none does. */
  nextWaiting(partition: number): number {
    return this.#waiting.get(partition)?.[0]?.offset ?? Number.POSITIVE_INFINITY;
  }

  /** An outcome with a source at or past `nextWaiting` was accepted. Answers what `nextWaiting` is now. */
  decided(outcome: ConsumedRecord, fold: OutcomesFold): number {
    const queue = this.#waitingIn(fold.partition);
    for (let first = queue[0]; first && first.offset <= fold.last; first = queue[0]) {
      queue.shift();
      // One that was passed by was decided by id alone, by an older producer's event, or is without outcome for good.
      if (first.offset < fold.last) first.state = kindOf(fold, first.orderId) ?? 'waiting';
      else settle(first, outcome);
    }
    return this.nextWaiting(fold.partition);
  }

  /** Forgets all: the log is another one. */
  clear(): void {
    [this.#byHand, this.#sampled] = [[], []];
    this.#waiting.clear();
  }

  /** Newest first. */
  read(): RecentOrder[] {
    return [...this.#byHand, ...this.#sampled].sort((one, other) => other.placedAt - one.placedAt);
  }

  #waitingIn(partition: number): RecentOrder[] {
    const known = this.#waiting.get(partition);
    if (known) return known;
    const made: RecentOrder[] = [];
    this.#waiting.set(partition, made);
    return made;
  }

  #keep(order: RecentOrder): void {
    const [ring, bound] = order.ofLoad ? [this.#sampled, SAMPLED] : [this.#byHand, BY_HAND];
    ring.push(order);
    const gone = ring.length > bound ? ring.shift() : undefined;
    if (gone?.state !== 'waiting') return;
    const queue = this.#waitingIn(gone.partition);
    const at = queue.indexOf(gone);
    if (at >= 0) queue.splice(at, 1);
  }
}

function kindOf(fold: OutcomesFold, orderId: string): 'reserved' | 'failed' | undefined {
  hashText(orderId, lanes);
  return fold.kindOf(lanes);
}

function settle(order: RecentOrder, outcome: ConsumedRecord): void {
  const read = readOutcome(outcome.value);
  if ('malformed' in read) return;
  order.state = read.kind;
  order.latencyMs = Math.max(0, outcome.timestamp - order.placedAt);
}
