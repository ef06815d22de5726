import type { ActionContext, ActionRow, OverlayKind } from '../types.ts';
import { scrolling } from './scroll.ts';
import { see } from './see.ts';

/** Overlays that are only read: closed by the same keys, copied whole, and scrolled. */
export function reading(
  kind: OverlayKind,
  what: string,
  text: (context: ActionContext) => readonly string[],
): ActionRow[] {
  return [
    {
      id: `close-${kind}`,
      layer: kind,
      chords: ['esc', 'enter', 'q'],
      hint: 'close',
      help: `puts ${what} away`,
      rank: 1,
      run: () => see({ type: 'overlay-closed' }),
    },
    {
      id: `copy-${kind}`,
      layer: kind,
      chords: ['y'],
      hint: 'copy',
      help: `copies ${what}, all of it`,
      rank: 2,
      run: (context) => [{ do: 'copy', text: text(context).join('\n'), what }],
    },
    ...scrolling(kind),
  ];
}
