import type { Source } from '../orders/events.ts';
import { Book, MARK } from './book.ts';
import { expectedEventId, hashOf } from './event-id.ts';
import type { AuditRecord } from './reader.ts';
import { type AuditOutcome, readAuditOrder, readAuditOutcome } from './shapes.ts';
import { type FindingName, type Place, Tallies } from './tally.ts';

/** A topic-partition under audit, from `low` to `high`; below `told` the workers have folded it. */
export type Section = { topic: string; partition: number; low: number; high: number; told: number };

/**
 * The audit's own fold of the whole log. First all of `inventory-events`, partition by rising partition, and then all of
 * `orders`: so the lowest partition that has an outcome is simply the first to bring it, and an order without an outcome
 * is seen at once. Below each section's `told` it counts what the workers should say there.
 */
export class Pass {
  readonly book = new Book();
  readonly tallies = new Tallies();
  /** Counters below the told offsets. */
  readonly told = {
    total_orders: 0,
    distinct_orders: 0,
    total_reservations: 0,
    failed_reservations: 0,
    cross_partition_duplicates: 0,
  };
  /** Lowest and highest source offset of any own outcome, by partition. */
  readonly #sources = new Map<number, { first: number; last: number }>();
  /** Partitions of `inventory-events` that retention has shortened. */
  readonly #shortened = new Set<number>();
  readonly #ordersTopic: string;
  readonly #topicHash: number;

  constructor(ordersTopic: string) {
    this.#ordersTopic = ordersTopic;
    const hash = new Int32Array(4);
    hashOf(ordersTopic, hash);
    this.#topicHash = hash[0] as number;
  }

  /** Folds the next outcome of a section. */
  outcome(section: Section, { offset, value }: AuditRecord): void {
    const name = this.#judge(section, offset, readAuditOutcome(value));
    if (name) this.#note(name, section, offset);
  }

  /** Folds the next order of a section. */
  order(section: Section, { offset, value }: AuditRecord): void {
    const orderId = readAuditOrder(value);
    if (orderId === undefined) this.#note('malformed', section, offset);
    else this.#place(section, offset, this.book.row(orderId));
  }

  /** Order ids that wait for their outcome: they stand beyond the last decided offsets. */
  countPending(): number {
    let pending = 0;
    for (let row = 0; row < this.book.size; row++) {
      const marks = this.book.marks[row] as number;
      if ((marks & MARK.order) !== 0 && (marks & (MARK.outcome | MARK.missing)) === 0) pending++;
    }
    return pending;
  }

  /** Notes the outcomes of ids that no order has, unless retention may have removed it. To be called once, at the end. */
  noteOrphans(topic: string, lowOf: (partition: number) => number): void {
    const { book } = this;
    for (let row = 0; row < book.size; row++) {
      const marks = book.marks[row] as number;
      const partition = book.partition[row] as number;
      if ((marks & MARK.outcome) === 0 || (marks & MARK.order) !== 0) continue;
      if ((book.source[row] as number) < lowOf(partition)) continue;
      this.tallies.add('orphans', { topic, partition, offset: book.offset[row] as number }, false);
    }
  }

  /** Accepts an outcome, or names what is odd about it, or both. */
  #judge(section: Section, offset: number, event: AuditOutcome | undefined): FindingName | undefined {
    if (!event) return 'malformed';
    const row = this.book.row(event.orderId);
    const isKnown = this.book.partition[row] === section.partition;
    if (event.source === null) {
      if (!isKnown) this.#accept(row, section, offset, event);
      return 'legacy';
    }
    if (!event.source || !this.#isOwn(event, event.source, section.partition)) return 'foreign';
    if (!this.#moveOn(section, event.source.offset)) return isKnown ? 'redelivered' : 'conflicts';
    if (isKnown) return 'repeated_decisions';
    this.#accept(row, section, offset, event);
    return undefined;
  }

  #place(section: Section, offset: number, row: number): void {
    const isTold = offset < section.told;
    const before = this.book.marks[row] as number;
    if (isTold) this.told.total_orders++;
    if (isTold && (before & MARK.orderTold) === 0) this.told.distinct_orders++;
    this.book.marks[row] = before | MARK.order | (isTold ? MARK.orderTold : 0);
    if ((before & MARK.outcome) === 0) this.#passedOver(section, offset, row);
  }

  #note(name: FindingName, { topic, partition, told }: Section, offset: number): void {
    this.tallies.add(name, { topic, partition, offset }, offset < told);
  }

  /** Whether the source offset is above all before it in its partition. */
  #moveOn({ partition, low }: Section, offset: number): boolean {
    const sources = this.#sources.get(partition);
    if (!sources) this.#sources.set(partition, { first: offset, last: offset });
    if (!sources && low > 0) this.#shortened.add(partition);
    if (!sources) return true;
    if (offset <= sources.last) return false;
    sources.last = offset;
    return true;
  }

  #isOwn({ eventId }: AuditOutcome, source: Source, partition: number): boolean {
    if (source.topic !== this.#ordersTopic || source.partition !== partition) return false;
    return eventId === expectedEventId(this.book.hash, this.#topicHash, partition, source.offset);
  }

  #accept(row: number, section: Section, offset: number, { failed, source }: AuditOutcome): void {
    const { book } = this;
    const isTold = offset < section.told;
    const marks = book.marks[row] as number;
    book.partition[row] = section.partition;
    book.offset[row] = offset;
    book.source[row] = source?.offset ?? -1;
    book.marks[row] = marks | MARK.outcome | (isTold ? MARK.outcomeTold : 0);
    if ((marks & MARK.outcome) !== 0) this.tallies.add('cross_partition_duplicates', place(section, offset), false);
    if (!isTold) return;
    if ((marks & MARK.outcomeTold) !== 0) this.told.cross_partition_duplicates++;
    else {
      this.told.total_reservations++;
      if (failed) this.told.failed_reservations++;
    }
  }

  /** An order without outcome has been passed over if a later one of its partition has an outcome that is still there. */
  #passedOver(section: Section, offset: number, row: number): void {
    const marks = this.book.marks[row] as number;
    const sources = this.#sources.get(section.partition);
    if (!sources || offset > sources.last || (marks & MARK.missing) !== 0) return;
    if (this.#shortened.has(section.partition) && offset < sources.first) return;
    this.book.marks[row] = marks | MARK.missing;
    this.#note('missing', section, offset);
  }
}

function place({ topic, partition }: Section, offset: number): Place {
  return { topic, partition, offset };
}
