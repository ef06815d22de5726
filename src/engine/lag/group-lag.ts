import type { GroupSample } from '../event.ts';

/**
 * How a partition, or a group, fares. Later ones in VERDICTS are worse; a group is as bad as its worst partition.
 * `paused`, `throttled` and `replaying` were wanted by the operator and are no faults.
 */
export const VERDICTS = [
  'ok',
  'catching up',
  'throttled',
  'paused',
  'replaying',
  'rebalancing',
  'falling behind',
  'stalled',
  'stopped',
] as const;

export type Verdict = (typeof VERDICTS)[number];

/** A past look at an offset: when it was there. For rates, and for seconds behind when no worker can tell. */
export type EndPoint = { at: number; end: number };

/** A partition of a group at the last look. Rates are records a second over RATE_MS; null where it cannot be said. */
export type PartitionLag = {
  topic: string;
  partition: number;
  /** Committed offset, or -1. */
  committed: number;
  low: number;
  high: number;
  /** High watermark less committed offset; without a commit the whole partition. */
  lag: number;
  /** Next offset not yet done: the owning worker's position, or what is committed where no worker tells one. */
  progress: number;
  inRate: number | null;
  outRate: number | null;
  etaMs: number | null;
  behindMs: number;
  verdict: Verdict;
  /** Verdict of the last look, which replaces `verdict` when the next look says the same. */
  candidate: Verdict;
  /** When it was looked at, when the group last got further here, and when its lag was last 0 (ms). */
  at: number;
  movedAt: number;
  caughtUpAt: number;
  /** Where the end and the group have been. */
  ends: EndPoint[];
  reached: EndPoint[];
};

/** A group at the last look. */
export type GroupLag = {
  groupId: string;
  state: string;
  protocol: string;
  members: GroupSample['members'];
  partitions: PartitionLag[];
  lag: number;
  behindMs: number;
  etaMs: number | null;
  verdict: Verdict;
  at: number;
};
