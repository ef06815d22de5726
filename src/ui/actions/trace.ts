import type { ActionRow, OverlayKind } from '../types.ts';
import { scrolling } from './scroll.ts';
import { see } from './see.ts';

/** Overlays that are only read: closed by the same keys, and scrolled. */
function reading(kind: OverlayKind, help: string): ActionRow[] {
  return [
    {
      id: `close-${kind}`,
      layer: kind,
      chords: ['esc', 'enter', 'q'],
      hint: 'close',
      help,
      rank: 1,
      run: () => see({ type: 'overlay-closed' }),
    },
    ...scrolling(kind),
  ];
}

/** What the log holds of an order, and rows in full. */
export const traceAndDetails: readonly ActionRow[] = [
  ...reading('trace', 'puts the trace away'),
  ...reading('details', 'puts the details away'),
];
