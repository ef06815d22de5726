import type { Line } from '../types.ts';

/** The same lines as values of the past. */
export function faded(lines: readonly Line[]): Line[] {
  return lines.map((line) => line.map((part) => ('field' in part ? part : { ...part, tone: 'dim' })));
}
