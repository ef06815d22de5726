import type { Line } from '../types.ts';

/** A row with a pointer before it, or with the cell that one would take. */
export function pointed(line: Line, isChosen: boolean): Line {
  return [isChosen ? { text: '▸', tone: 'focus' } : { text: ' ' }, ...line];
}
