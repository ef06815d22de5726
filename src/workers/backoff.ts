/** Waits between replacements of a worker that keeps dying, ms: first at once, then doubling up to ten seconds. */
export function backoffMs(deathsInARow: number): number {
  return deathsInARow <= 1 ? 0 : Math.min(10_000, 250 * 2 ** (deathsInARow - 2));
}

/** A worker that lived this long starts its count of deaths anew, ms. */
export const HEALTHY_AFTER_MS = 30_000;
