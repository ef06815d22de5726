import type { ActionRow } from '../types.ts';
import { scrolling } from './scroll.ts';
import { see } from './see.ts';

/** What a command answered, until it is put away. */
export const output: readonly ActionRow[] = [
  {
    id: 'close-output',
    layer: 'output',
    chords: ['esc', 'enter', 'q'],
    hint: 'close',
    help: 'puts the answer away',
    rank: 1,
    run: () => see({ type: 'overlay-closed' }),
  },
  ...scrolling('output'),
];
