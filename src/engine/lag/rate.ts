/** Time constant of the moving rates, ms. */
const WINDOW_MS = 10_000;

/** Rates below this are shown as standing still, records a second. */
const STILL = 0.5;

/**
 * Exponentially weighted rate a second over about ten seconds, whatever the time between looks.
 * @param rate the rate so far; null before the second look, whose own rate then stands
 * @param grown records since the last look; a step back (a rewind, a new log) counts as none
 */
export function nextRate(rate: number | null, grown: number, passedMs: number): number | null {
  if (passedMs <= 0) return rate;
  const now = (Math.max(0, grown) * 1000) / passedMs;
  const next = rate === null ? now : rate + (1 - Math.exp(-passedMs / WINDOW_MS)) * (now - rate);
  return next < STILL ? 0 : next;
}

/** Consuming has to be this much faster than producing before we promise an end. */
const DRAINING = 1.05;

/** Time until the lag is gone, ms: 0 without lag, null while it does not drain. */
export function etaMs(lag: number, inRate: number | null, outRate: number | null): number | null {
  if (lag === 0) return 0;
  if (outRate === null || inRate === null || outRate <= inRate * DRAINING) return null;
  return Math.round((lag * 1000) / (outRate - inRate));
}
