import type { EndPoint } from './group-lag.ts';

/** Every rate that is shown is the mean over this stretch, ms: short enough to follow what one does, long enough to be read. */
export const RATE_MS = 5000;

/** The same in words, for all that explains a rate. */
export const RATE_STRETCH = `the last ${RATE_MS / 1000} s`;

/** A rest of this length, ms, is no part of what comes after it: a stream that begins is at once as fast as it is. */
const REST_MS = 3000;

/**
 * Records a second over the last stretch of what is remembered of an offset, oldest first; null before the second look.
 * An offset that stepped back (a rewind, a new log) is remembered from there on only.
 */
export function rateOf(points: readonly EndPoint[]): number | null {
  const last = points.at(-1);
  if (!last || points.length < 2) return null;
  const from = beginOf(points, last);
  const passed = last.at - from.at;
  return passed <= 0 ? 0 : ((last.end - from.end) * 1000) / passed;
}

/** Where the stretch begins: at an instant between two looks, or at the end of a rest, or at the first look there is. */
function beginOf(points: readonly EndPoint[], last: EndPoint): EndPoint {
  const begin = last.at - RATE_MS;
  const next = points.findIndex(({ at }) => at > begin);
  const [before, after] = [points[next - 1], points[next] ?? last];
  if (!before) return after;
  const isRest = before.end === after.end && after.at - before.at >= REST_MS;
  if (isRest && after !== last) return after;
  const share = (begin - before.at) / (after.at - before.at);
  return { at: begin, end: before.end + share * (after.end - before.end) };
}

/** Consuming has to be this much faster than producing before we promise an end. */
const DRAINING = 1.05;

/** Time until the lag is gone, ms: 0 without lag, null while it does not drain. */
export function etaMs(lag: number, inRate: number | null, outRate: number | null): number | null {
  if (lag === 0) return 0;
  if (outRate === null || inRate === null || outRate <= inRate * DRAINING) return null;
  return Math.round((lag * 1000) / (outRate - inRate));
}
