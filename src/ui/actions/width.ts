import type { View } from '../types.ts';

/** Most cells that a line of details takes: longer ones are hard to read. */
const MOST = 96;

/** Cells for a line of details on this screen, its frame and some air left out. */
export function detailsWidth({ size }: Pick<View, 'size'>): number {
  return Math.max(20, Math.min(MOST, size.columns - 8));
}
