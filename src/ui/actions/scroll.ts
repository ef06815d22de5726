import type { ActionRow, OverlayKind } from '../types.ts';
import { see } from './see.ts';

/** More rows than any overlay has. */
const MOST = 1e6;

/** Rows by which each chord moves an overlay's lines. */
const STEPS: readonly (readonly [id: string, chords: readonly string[], step: number, help: string])[] = [
  ['down', ['j', 'down'], 1, 'one row down'],
  ['up', ['k', 'up'], -1, 'one row up'],
  ['page-down', ['pagedown', 'space', 'ctrl+d'], 10, 'ten rows down'],
  ['page-up', ['pageup', 'ctrl+u'], -10, 'ten rows up'],
  ['to-top', ['g', 'home'], -MOST, 'to the first row'],
  ['to-end', ['G', 'end'], MOST, 'to the last row'],
];

/** Scrolling an overlay that has more lines than room. */
export function scrolling(kind: OverlayKind): ActionRow[] {
  return STEPS.map(([id, chords, step, help]) => ({
    id: `scroll-${kind}-${id}`,
    layer: kind,
    chords,
    hint: 'scroll',
    help,
    run({ view, scrollEnd = Number.POSITIVE_INFINITY }) {
      const to = Math.min(scrollEnd, Math.max(0, (view.cursors[kind] ?? 0) + step));
      return see({ type: 'cursor-moved', of: kind, to });
    },
  }));
}
