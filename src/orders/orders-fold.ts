import { Accepted } from './accepted.ts';
import { Census } from './census.ts';
import { Minutes } from './minutes.ts';
import { OrderReader } from './order-reader.ts';
import { Position, type SavedPosition } from './position.ts';

/** What became of a record of `orders`; `stale` ones were folded before. */
export type OrderVerdict = 'placed' | 'duplicate' | 'malformed' | 'stale';

/** The plain half of a saved fold; `accepted` is the number of its journal entries. */
export type SavedOrders = SavedPosition & {
  accepted: number;
  duplicates: number;
  malformed: number;
  minutes: Record<string, number>;
};

/** Where a fold belongs. Folds of one topic share a census; a lone one makes its own. `journal`: keep entries for `takeJournal`. */
export type FoldOptions = { partition: number; census?: Census; journal?: boolean };

/** Folds one partition of `orders`: every valid record is an order, the first of each id is a distinct one. */
export class OrdersFold {
  readonly partition: number;
  readonly accepted: Accepted;
  readonly position = new Position();
  readonly minutes = new Minutes();
  duplicates = 0;
  malformed = 0;
  readonly #reader = new OrderReader();

  constructor({ partition, census = new Census(), journal = true }: FoldOptions) {
    this.partition = partition;
    this.accepted = new Accepted({ census, partition, journal });
  }

  /** Valid orders, duplicates included. */
  get total(): number {
    return this.accepted.count + this.duplicates;
  }

  /** Folds the record at `offset`; offsets must rise, and one that does not is left out as `stale`. */
  apply(offset: number, value: Buffer | null): OrderVerdict {
    if (!this.position.advance(offset, value)) return 'stale';
    if (!this.#reader.read(value)) {
      this.malformed++;
      return 'malformed';
    }
    this.minutes.add(this.#reader.minute(this.minutes.last));
    if (this.accepted.add(this.#reader.lanes, offset, 'reserved')) return 'placed';
    this.duplicates++;
    return 'duplicate';
  }

  /** Counters by name, in a fixed order. */
  counters(): Record<string, number> {
    const { duplicates, malformed } = this;
    return { orders: this.total, distinct: this.accepted.count, duplicates, malformed, unknown: this.minutes.unknown };
  }

  /** The plain half of the state; the other half is every `takeJournal` until now. */
  save(): SavedOrders {
    const { duplicates, malformed } = this;
    const accepted = this.accepted.count;
    return { ...this.position.save(), accepted, duplicates, malformed, minutes: this.minutes.save() };
  }

  /** Entries accepted since the last call. */
  takeJournal(): Buffer {
    return this.accepted.take();
  }

  /** Fills a new fold; false if the two halves do not belong together, and then the fold is of no use. */
  restore(saved: SavedOrders, journal: Iterable<Uint8Array>): boolean {
    this.position.restore(saved);
    this.minutes.restore(saved.minutes);
    this.duplicates = saved.duplicates;
    this.malformed = saved.malformed;
    for (const entries of journal) if (!this.accepted.restore(entries)) return false;
    return this.accepted.count === saved.accepted;
  }
}
