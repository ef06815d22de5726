import type { GroupSample, LagSample } from '../event.ts';
import { ageOf, rememberEnd } from './behind.ts';
import type { GroupLag, PartitionLag } from './group-lag.ts';
import { etaMs, rateOf } from './rate.ts';
import { type Surroundings, settle, verdictOf, worst } from './verdict.ts';

/** What the owning worker tells of a partition, beside what the broker says. */
export type Told = {
  /** Next offset not yet done; undefined when no worker of ours owns it. */
  position: number | undefined;
  /** Timestamp of the first record not yet done, ms; 0 when unknown. */
  waitingSince: number;
};

/**
 * Lag as Kafka's own tool says it: high watermark less committed offset, never negative. Without a commit (-1) it is the
 * whole partition, which is what a group that starts at the earliest offset has before it.
 */
export function lagOf({ committed, low, high }: Pick<LagSample, 'committed' | 'low' | 'high'>): number {
  return Math.max(0, high - (committed < 0 ? low : committed));
}

/** A partition after one more look. Pure: `at` is the look's time, and nothing else is a clock. */
export function lookAgain(
  before: PartitionLag | undefined,
  sample: LagSample,
  at: number,
  told: Told,
  around: Surroundings,
): PartitionLag {
  const lag = lagOf(sample);
  const progress = told.position ?? Math.max(sample.committed, sample.low);
  const ends = rememberEnd(before?.ends ?? [], at, sample.high);
  const reached = rememberEnd(before?.reached ?? [], at, progress);
  const [inRate, outRate] = [rateOf(ends), rateOf(reached)];
  const behindMs = lag === 0 ? 0 : behind(told, ends, sample, at);
  const moved = before === undefined || progress !== before.progress || lag === 0;
  const look = {
    at,
    lag,
    behindMs,
    etaMs: etaMs(lag, inRate, outRate),
    movedAt: moved ? at : before.movedAt,
    caughtUpAt: lag === 0 ? at : (before?.caughtUpAt ?? 0),
  };
  const candidate = verdictOf(look, around);
  const verdict = settle(before?.verdict, before?.candidate, candidate);
  return { ...sample, ...look, progress, inRate, outRate, verdict, candidate, ends, reached };
}

function behind(told: Told, ends: PartitionLag['ends'], sample: LagSample, at: number): number {
  if (told.waitingSince > 0) return Math.max(0, at - told.waitingSince);
  return ageOf(ends, Math.max(sample.committed, sample.low), at);
}

/** A group after one more look, from its partitions after it. */
export function groupAfter(sample: GroupSample, partitions: PartitionLag[], at: number): GroupLag {
  const lag = partitions.reduce((sum, p) => sum + p.lag, 0);
  const etas = partitions.map((p) => p.etaMs);
  return {
    groupId: sample.groupId,
    state: sample.state,
    protocol: sample.protocol,
    members: sample.members,
    partitions,
    lag,
    behindMs: Math.max(0, ...partitions.map((p) => p.behindMs)),
    etaMs: etas.reduce<number | null>((max, eta) => (max === null || eta === null ? null : Math.max(max, eta)), 0),
    verdict: worst(partitions.map((p) => p.verdict)),
    at,
  };
}
