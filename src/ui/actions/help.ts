import type { ActionRow } from '../types.ts';
import { scrolling } from './scroll.ts';
import { see } from './see.ts';

/** The help overlay. */
export const help: readonly ActionRow[] = [
  {
    id: 'close-help',
    layer: 'help',
    chords: ['esc', '?', 'q'],
    hint: 'close',
    help: 'puts help away',
    rank: 1,
    applies: ({ view }) => view.typing === null,
    run: () => see({ type: 'overlay-closed' }),
  },
  {
    id: 'filter-help',
    layer: 'help',
    chords: ['/'],
    hint: 'filter',
    help: 'shows only keys whose words hold that text',
    rank: 2,
    applies: ({ view }) => view.typing === null,
    run: () => see({ type: 'typing-began', field: 'help-filter', text: '' }),
  },
  {
    id: 'keep-help-filter',
    layer: 'help',
    chords: ['enter'],
    hint: 'keep',
    help: 'keeps the filter and leaves its field',
    rank: 3,
    applies: ({ view }) => view.typing !== null,
    run: () => see({ type: 'typing-ended' }),
  },
  {
    id: 'clear-help-filter',
    layer: 'help',
    chords: ['esc'],
    hint: 'clear',
    help: 'clears the filter and leaves its field',
    rank: 4,
    applies: ({ view }) => view.typing !== null,
    run: () => see({ type: 'field-set', field: 'help-filter', text: '' }, { type: 'typing-ended' }),
  },
  ...scrolling('help'),
];
