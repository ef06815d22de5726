import type { ActionRow, OverlayKind } from '../types.ts';
import { see } from './see.ts';

/** Rows by which each chord moves an overlay's lines; drawing stops at the end. */
const STEPS: readonly (readonly [id: string, chords: readonly string[], step: number, help: string])[] = [
  ['down', ['j', 'down'], 1, 'one row down'],
  ['up', ['k', 'up'], -1, 'one row up'],
  ['page-down', ['pagedown', 'space', 'ctrl+d'], 10, 'ten rows down'],
  ['page-up', ['pageup', 'ctrl+u'], -10, 'ten rows up'],
  ['to-top', ['g', 'home'], Number.NEGATIVE_INFINITY, 'to the first row'],
];

/** Scrolling an overlay that has more lines than room. */
export function scrolling(kind: OverlayKind): ActionRow[] {
  return STEPS.map(([id, chords, step, help]) => ({
    id: `scroll-${kind}-${id}`,
    layer: kind,
    chords,
    hint: 'scroll',
    help,
    run: ({ view }) => see({ type: 'cursor-moved', of: kind, to: Math.max(0, (view.cursors[kind] ?? 0) + step) }),
  }));
}
