import type { Pass, Section } from './pass.ts';
import { FINDINGS, type FindingName, type Place } from './tally.ts';

/** What the workers say: their counters, and the offsets (first folded or -1, next) at which they say it. */
export type WorkersSay = {
  counters: Readonly<Record<string, number>>;
  offsets: readonly { topic: string; partition: number; first: number; next: number }[];
};

/** A kind of record that should not be, or is worth knowing: how many, and where the first few stand. */
export type Finding = { name: FindingName; means: string; dirty: boolean; count: number; examples: Place[] };

/** A counter that the audit, reading up to the same offsets, counts differently. */
export type Disagreement = { counter: string; told: number; counted: number };

/** What the audit says. `clean`: no disagreement, and no finding that makes it dirty. */
export type Verdict = {
  clean: boolean;
  records: number;
  /** What the audit counts up to the offsets at which the workers say something; without workers, in the whole log. */
  counters: Readonly<Record<string, number>>;
  /** Order ids still waiting for their outcome; no fault. */
  pending: number;
  disagreements: Disagreement[];
  findings: Finding[];
  /** Whether the counters could be compared: not if retention has removed records that the workers had counted. */
  compared: boolean;
  /** Topic-partitions of which retention has removed the records below `low`. */
  removed: { topic: string; partition: number; low: number }[];
};

/** The counters that the workers should say at their offsets. */
function recount({ told, tallies }: Pass): Record<string, number> {
  const { total_orders, distinct_orders, total_reservations, failed_reservations } = told;
  const count = (name: FindingName) => tallies.told.get(name) ?? 0;
  return {
    ...told,
    duplicate_orders: total_orders - distinct_orders,
    failure_rate: total_reservations === 0 ? 0 : failed_reservations / total_reservations,
    pending: Math.max(0, distinct_orders - total_reservations),
    redelivered: count('redelivered'),
    repeated_decisions: count('repeated_decisions'),
    conflicts: count('conflicts'),
    foreign: count('foreign'),
    legacy: count('legacy'),
    malformed: count('malformed'),
  };
}

function disagreementsOf(counted: Record<string, number>, { counters }: WorkersSay): Disagreement[] {
  return Object.entries(counted)
    .map(([counter, counted]) => ({ counter, told: counters[counter] ?? 0, counted }))
    .filter(({ told, counted }) => told !== counted);
}

function isComparable({ offsets }: WorkersSay, sections: readonly Section[]): boolean {
  return sections.every(({ topic, partition, low, high }) => {
    const said = offsets.find((one) => one.topic === topic && one.partition === partition);
    return !said || said.first < 0 || (low <= said.first && said.next <= high);
  });
}

/** Sums up a pass over all sections. */
export function toVerdict(pass: Pass, sections: readonly Section[], say: WorkersSay | undefined): Verdict {
  const names = Object.keys(FINDINGS) as FindingName[];
  const findings = names.flatMap((name) => {
    const tally = pass.tallies.whole.get(name);
    return tally ? [{ name, ...FINDINGS[name], ...tally }] : [];
  });
  const compared = say !== undefined && isComparable(say, sections);
  const counters = recount(pass);
  const disagreements = say && compared ? disagreementsOf(counters, say) : [];
  return {
    clean: disagreements.length === 0 && !findings.some(({ dirty }) => dirty),
    records: sections.reduce((sum, { low, high }) => sum + high - low, 0),
    counters,
    pending: pass.countPending(),
    disagreements,
    findings,
    compared,
    removed: sections.flatMap(({ topic, partition, low }) => (low > 0 ? [{ topic, partition, low }] : [])),
  };
}
