import { VERDICTS, type Verdict } from './group-lag.ts';

/** Lag is looked at over this window, ms. */
const WINDOW_MS = 30_000;

/** As long as the first waiting record is younger than this, ms, all is well. */
const FRESH_MS = 5000;

/** No progress for this long, ms, with something to do, is a stall. */
const STALL_MS = 15_000;

/** What stands around a partition's offsets at a look. */
export type Surroundings = {
  /** State of the group: Stable, PreparingRebalance, CompletingRebalance, Empty, Dead. */
  groupState: string;
  /** Some member has this partition in its assignment. */
  owned: boolean;
  paused: boolean;
  replaying: boolean;
  /** Pause per order that the operator asked for, ms. */
  throttleMs: number;
};

/** What the offsets of one look say. */
export type Look = {
  at: number;
  lag: number;
  behindMs: number;
  etaMs: number | null;
  movedAt: number;
  caughtUpAt: number;
};

/** The rules in order: the first that holds names the verdict. */
const RULES: readonly (readonly [Verdict, (look: Look, around: Surroundings) => boolean])[] = [
  ['replaying', (_, around) => around.replaying],
  ['ok', ({ lag }) => lag === 0],
  ['paused', (_, around) => around.paused],
  ['rebalancing', (_, around) => around.groupState.endsWith('Rebalance')],
  ['stopped', (_, around) => !around.owned],
  ['stalled', (look, around) => look.at - look.movedAt >= Math.max(STALL_MS, 3 * around.throttleMs)],
  ['throttled', (_, around) => around.throttleMs > 0],
  ['ok', ({ behindMs }) => behindMs < FRESH_MS],
  ['catching up', ({ etaMs }) => etaMs !== null],
  ['ok', (look) => look.at - look.caughtUpAt <= WINDOW_MS],
  ['falling behind', () => true],
];

/** How a partition fares by one look alone, after Burrow's evaluation rules. */
export function verdictOf(look: Look, around: Surroundings): Verdict {
  const rule = RULES.find(([, holds]) => holds(look, around));
  return rule?.[0] ?? 'ok';
}

/** Two looks in a row must agree before a verdict changes, so that a single odd look does not flicker; good news is told at once. */
export function settle(held: Verdict | undefined, candidate: Verdict | undefined, now: Verdict): Verdict {
  return held === undefined || candidate === now || now === 'ok' ? now : held;
}

/** The worst of some verdicts; ok of none. */
export function worst(verdicts: readonly Verdict[]): Verdict {
  return VERDICTS.findLast((verdict) => verdicts.includes(verdict)) ?? 'ok';
}
