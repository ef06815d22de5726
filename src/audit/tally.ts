/** Where a record stands. */
export type Place = { topic: string; partition: number; offset: number };

const MOST_EXAMPLES = 5;

/** What the audit finds in the whole log, row by row: whether one of them makes it dirty, and what it means. */
export const FINDINGS = {
  missing: { dirty: true, means: 'orders that were passed over: later ones have an outcome, these have none' },
  orphans: { dirty: true, means: 'outcomes of an order id that no order has' },
  repeated_decisions: { dirty: true, means: 'orders that were decided again' },
  conflicts: { dirty: true, means: 'outcomes that came too late for an order that has none' },
  redelivered: { dirty: false, means: 'outcomes written twice, as after a crash' },
  cross_partition_duplicates: { dirty: false, means: 'outcomes of an order id that a lower partition has too' },
  foreign: { dirty: false, means: 'outcomes that are not of the order they name' },
  legacy: { dirty: false, means: 'outcomes without a source, from an older producer' },
  malformed: { dirty: false, means: 'records that are no event of this pipeline' },
} as const satisfies Record<string, { dirty: boolean; means: string }>;

export type FindingName = keyof typeof FINDINGS;

/** A number of records of one kind, with the places of the first few. */
export type Tally = { count: number; examples: Place[] };

/** A tally for each finding, and each finding's number below the offsets that the workers have reached. */
export class Tallies {
  readonly whole = new Map<FindingName, Tally>();
  readonly told = new Map<FindingName, number>();

  /** Counts one record; `isTold` if the workers have reached it. */
  add(name: FindingName, place: Place, isTold: boolean): void {
    const tally = this.whole.get(name) ?? { count: 0, examples: [] };
    tally.count++;
    if (tally.examples.length < MOST_EXAMPLES) tally.examples.push(place);
    this.whole.set(name, tally);
    if (isTold) this.told.set(name, (this.told.get(name) ?? 0) + 1);
  }
}
