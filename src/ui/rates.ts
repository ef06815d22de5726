import { rates, type Series } from '../engine/history.ts';
import type { State } from '../engine/state.ts';

/** Seconds that a rate of now is the mean of: short enough to follow what one does, long enough to be read. */
const MEAN_S = 3;

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

/** Records appended to a topic a second, now. */
export function appendedRate(state: State, topic: string, now: number): number {
  return meanOf(appendedRates(state, topic, now)) ?? state.topics.rates[topic] ?? 0;
}

/** Records of the load that were acknowledged in each of the last seconds. */
export function loadRates(state: State, now: number): Series {
  return perSecond(state, now, ({ produced }) => produced);
}

/** Acknowledged records of the load a second, now; of a load that has only begun the mean so far. */
export function loadRate(state: State, now: number): number {
  const { report } = state.load;
  const isYoung = (report?.elapsedMs ?? 0) < MEAN_S * 1000;
  return (isYoung ? undefined : meanOf(loadRates(state, now))) ?? report?.achieved ?? 0;
}

/** Records a second that a group gets done, over all partitions, now; null before two looks. */
export function doneRate(state: State, groupId: string, now: number): number | null {
  const series = perSecond(state, now, ({ done }) => done[groupId] ?? 0);
  return meanOf(series) ?? series.findLast((value) => value !== null) ?? null;
}
