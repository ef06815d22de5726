import { rates, type Series } from '../engine/history.ts';
import { RATE_MS } from '../engine/lag/rate.ts';
import type { State } from '../engine/state.ts';

/** Seconds that every rate on the screen is the mean of: those of topics and groups by the looks, that of the load by its past. */
const MEAN_S = RATE_MS / 1000;

/** Columns of a sparkline at most: a column a second. */
export const SPARK = 60;

function perSecond(state: State, now: number, value: Parameters<typeof rates>[2]): Series {
  return rates(state.history, { now, windowMs: SPARK * 1000, columns: SPARK }, value);
}

/** Mean of the last seconds; undefined while there are not enough of them. */
function meanOf(series: Series): number | undefined {
  const last = series.filter((value) => value !== null).slice(-MEAN_S);
  return last.length < MEAN_S ? undefined : last.reduce((sum, value) => sum + value, 0) / MEAN_S;
}

/** Records appended to a topic in each of the last seconds. */
export function appendedRates(state: State, topic: string, now: number): Series {
  return perSecond(state, now, ({ ends }) => ends[topic] ?? 0);
}

/** Records appended to a topic a second, at the last look. */
export function appendedRate({ topics }: Pick<State, 'topics'>, topic: string): number {
  return topics.rates[topic] ?? 0;
}

/** Records of the load that were acknowledged in each of the last seconds. */
export function loadRates(state: State, now: number): Series {
  return perSecond(state, now, ({ produced }) => produced);
}

/** Acknowledged records of the load a second, now; of a load that has only begun the mean so far. */
export function loadRate(state: State, now: number): number {
  const { report } = state.load;
  const isYoung = (report?.elapsedMs ?? 0) < RATE_MS;
  return (isYoung ? undefined : meanOf(loadRates(state, now))) ?? report?.achieved ?? 0;
}

/** Records a second that a group gets done, over all partitions, at the last look; null before two looks. */
export function doneRate({ groups }: Pick<State, 'groups'>, groupId: string): number | null {
  const known = (groups[groupId]?.partitions ?? []).map(({ outRate }) => outRate).filter((rate) => rate !== null);
  return known.length === 0 ? null : known.reduce((sum, rate) => sum + rate, 0);
}
