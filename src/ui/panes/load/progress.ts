import type { LoadState } from '../../../engine/state.ts';

type Report = NonNullable<LoadState['report']>;
type Plan = NonNullable<LoadState['plan']>;

/** How far a load is: 0..1, and ms until it has sent all (null where that cannot be said). */
export type Progress = { fraction: number; etaMs: number | null };

/**
 * Of a load with a count by its records, those given up included; of one with a duration by its time; of one with both
 * by whichever ends it first.
 * @param rateNow acknowledged records a second, now
 */
export function progressOf(plan: Plan, report: Report, rateNow: number): Progress {
  const { produced, shed, errors, elapsedMs, asked } = report;
  const settled = produced + shed + errors;
  const byCount = asked > 0 ? settled / asked : 0;
  const byTime = plan.durationMs === undefined ? 0 : elapsedMs / plan.durationMs;
  const left = [countEta(plan, asked - settled, report, rateNow), timeEta(plan, elapsedMs)].filter((ms) => ms !== null);
  const fraction = Math.min(1, Math.max(byCount, byTime));
  return { fraction, etaMs: left.length === 0 ? null : Math.max(0, Math.min(...left)) };
}

/** An open loop keeps to its schedule as long as it can, and needs the time that its backlog takes when it cannot. */
function countEta({ rate }: Plan, left: number, { asked, elapsedMs }: Report, rateNow: number): number | null {
  if (asked === 0) return null;
  const byRate = rateNow > 0 ? (left * 1000) / rateNow : null;
  if (rate === 'max') return byRate;
  const bySchedule = (asked / rate) * 1000 - elapsedMs;
  return bySchedule > 0 ? bySchedule : byRate;
}

function timeEta({ durationMs }: Plan, elapsedMs: number): number | null {
  return durationMs === undefined ? null : durationMs - elapsedMs;
}
