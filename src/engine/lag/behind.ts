import type { EndPoint } from './group-lag.ts';

/** How many ends are remembered: a minute and a half of a moving partition, far more of a resting one. */
const POINTS = 60;

/** Remembers where the end was; of a flat stretch only the first and the last look are kept. */
export function rememberEnd(ends: readonly EndPoint[], at: number, end: number): EndPoint[] {
  const [before, last] = [ends.at(-2), ends.at(-1)];
  if (last && end < last.end) return [{ at, end }];
  const flat = before?.end === end && last?.end === end;
  return [...(flat ? ends.slice(0, -1) : ends), { at, end }].slice(-POINTS);
}

/**
 * Age of the record at `offset`, by the time when the end passed it, linear between two looks; ms. A record older than
 * what is remembered is as old as the oldest look at least. (The interpolation of kafka-lag-exporter.)
 */
export function ageOf(ends: readonly EndPoint[], offset: number, now: number): number {
  const after = ends.findIndex((point) => point.end > offset);
  if (after < 0) return 0;
  const [before, passed] = [ends[after - 1], ends[after]];
  if (!passed) return 0;
  if (!before) return Math.max(0, now - passed.at);
  const share = (offset - before.end) / (passed.end - before.end);
  return Math.max(0, Math.round(now - (before.at + share * (passed.at - before.at))));
}
