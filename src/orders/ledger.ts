import { Census } from './census.ts';
import { OrdersFold } from './orders-fold.ts';
import { OutcomesFold } from './outcomes-fold.ts';

/** The two topics of a pipeline. */
export type LedgerTopics = { orders: string; inventoryEvents: string };

/** A fold of either topic. */
export type Fold = OrdersFold | OutcomesFold;

/** The folds of both topics over all partitions, and one census for each topic: what analytics knows. */
export class Ledger {
  readonly topics: LedgerTopics;
  readonly ordersCensus = new Census();
  readonly outcomesCensus = new Census();
  readonly orders = new Map<number, OrdersFold>();
  readonly outcomes = new Map<number, OutcomesFold>();
  readonly #journal: boolean;

  constructor(topics: LedgerTopics, { journal = true }: { journal?: boolean } = {}) {
    this.topics = topics;
    this.#journal = journal;
  }

  /** The fold of a topic-partition; made when first asked for. */
  fold(topic: string, partition: number): Fold {
    return topic === this.topics.orders ? this.ordersFold(partition) : this.outcomesFold(partition);
  }

  ordersFold(partition: number): OrdersFold {
    const known = this.orders.get(partition);
    if (known) return known;
    const fold = new OrdersFold({ partition, census: this.ordersCensus, journal: this.#journal });
    this.orders.set(partition, fold);
    return fold;
  }

  outcomesFold(partition: number): OutcomesFold {
    const known = this.outcomes.get(partition);
    if (known) return known;
    const ordersTopic = this.topics.orders;
    const fold = new OutcomesFold({ ordersTopic, partition, census: this.outcomesCensus, journal: this.#journal });
    this.outcomes.set(partition, fold);
    return fold;
  }

  /** Drops what is known of a topic-partition, for its log is another one now; the next `fold` begins anew. */
  forget(topic: string, partition: number): void {
    const ofOrders = topic === this.topics.orders;
    if (!(ofOrders ? this.orders : this.outcomes).delete(partition)) return;
    (ofOrders ? this.ordersCensus : this.outcomesCensus).forget(partition);
  }

  /** Every fold with its topic, by topic and partition. */
  folds(): { topic: string; partition: number; fold: Fold }[] {
    const { orders, inventoryEvents } = this.topics;
    const rows = [...sorted(this.orders).map((fold) => ({ topic: orders, partition: fold.partition, fold }))];
    return [
      ...rows,
      ...sorted(this.outcomes).map((fold) => ({ topic: inventoryEvents, partition: fold.partition, fold })),
    ];
  }
}

function sorted<F extends Fold>(folds: Map<number, F>): F[] {
  return [...folds.values()].sort((one, other) => one.partition - other.partition);
}
