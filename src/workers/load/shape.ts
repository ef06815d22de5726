import type { LoadShape } from '../messages.ts';

/**
 * For each shape, the share of all arrivals that are due when the share `x` of the time has passed: from 0 at 0 to 1 at
 * 1, never falling. The rate at any moment is its slope times the mean rate.
 */
export const PROGRESS: Record<LoadShape, (x: number) => number> = {
  steady: (x) => x,
  /** From standstill to twice the mean rate. */
  ramp: (x) => x * x,
  /** Half the mean rate, and five and a half times as much for the tenth in the middle. */
  spike: (x) => 0.5 * x + 0.5 * clamp((x - 0.45) / 0.1),
  /** The lunch hour: quiet, a broad hill with its top in the middle, quiet. */
  lunch: (x) => x - Math.sin(2 * Math.PI * x) / (2 * Math.PI),
};

/** Inverse of a shape: the share of the time at which the share `y` of the arrivals is due. Found by bisection to 1e-9. */
export function timeOf(shape: LoadShape, y: number): number {
  if (shape === 'steady') return y;
  let low = 0;
  let high = 1;
  while (high - low > 1e-9) {
    const middle = (low + high) / 2;
    if (PROGRESS[shape](middle) < y) low = middle;
    else high = middle;
  }
  return high;
}

function clamp(x: number): number {
  return Math.min(1, Math.max(0, x));
}
