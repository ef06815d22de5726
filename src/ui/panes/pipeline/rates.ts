import { rates, type Series } from '../../../engine/history.ts';
import type { State } from '../../../engine/state.ts';

/** Seconds that a rate of now is the mean of, so that it can be read. */
const MEAN_S = 3;

/** Columns of a sparkline at most: a column a second. */
export const SPARK = 60;

function perSecond(state: State, now: number, value: Parameters<typeof rates>[2]): Series {
  return rates(state.history, { now, windowMs: SPARK * 1000, columns: SPARK }, value);
}

/** Records appended to a topic in each of the last seconds. */
export function appendedRates(state: State, topic: string, now: number): Series {
  return perSecond(state, now, ({ ends }) => ends[topic] ?? 0);
}

/** Records of the load that were acknowledged in each of the last seconds. */
export function loadRates(state: State, now: number): Series {
  return perSecond(state, now, ({ produced }) => produced);
}

/** Acknowledged records of the load a second, now; of a load that has only begun the mean so far. */
export function loadRate(state: State, now: number): number {
  const known = loadRates(state, now).filter((value) => value !== null);
  const last = known.slice(-MEAN_S);
  const { report } = state.load;
  if (last.length < MEAN_S || (report?.elapsedMs ?? 0) < MEAN_S * 1000) return report?.achieved ?? 0;
  return last.reduce((sum, value) => sum + value, 0) / last.length;
}

/** Records a second that a group gets done, over all partitions; null before two looks. */
export function outRate(state: State, groupId: string): number | null {
  const each = state.groups[groupId]?.partitions.map(({ outRate: out }) => out) ?? [];
  return each.length === 0 || each.includes(null) ? null : each.reduce<number>((sum, out) => sum + (out ?? 0), 0);
}
