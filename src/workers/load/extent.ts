import type { LoadPlan } from '../messages.ts';

/** Sent when a load names neither count nor duration. */
const DEFAULT_COUNT = 10_000;

/** How far a load goes. `total` records in all, if that is known beforehand; `spanMs` is the time over which an open loop spreads them. */
export type Extent = { total: number | undefined; spanMs: number; untilMs: number };

/** Works out a load's extent: count, duration, or both, whichever comes first. */
export function extentOf(plan: LoadPlan): Extent {
  const untilMs = plan.durationMs ?? Number.POSITIVE_INFINITY;
  if (plan.rate === 'max') {
    const total = plan.count ?? (plan.durationMs === undefined ? DEFAULT_COUNT : undefined);
    return { total, spanMs: untilMs, untilMs };
  }
  const inTime = plan.durationMs === undefined ? undefined : Math.round((plan.rate * plan.durationMs) / 1000);
  const total = plan.count ?? inTime ?? DEFAULT_COUNT;
  return { total, spanMs: (total / plan.rate) * 1000, untilMs };
}
