import type { LoadShape } from '../messages.ts';
import { PROGRESS, timeOf } from './shape.ts';

/** How many of `total` arrivals, spread over `spanMs`, are due after `elapsedMs`. */
export function dueAfter(shape: LoadShape, total: number, spanMs: number, elapsedMs: number): number {
  if (elapsedMs >= spanMs) return total;
  return Math.floor(PROGRESS[shape](Math.max(0, elapsedMs) / spanMs) * total);
}

/** When the arrival of that index is intended, in ms after the start. */
export function intendedAt(shape: LoadShape, total: number, spanMs: number, index: number): number {
  return timeOf(shape, (index + 1) / total) * spanMs;
}
