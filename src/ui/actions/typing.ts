import type { ActionContext, ActionRow } from '../types.ts';
import { filteredPane } from '../view.ts';
import { see } from './see.ts';

function filterInUse({ view }: ActionContext) {
  return view.typing ? filteredPane(view.typing.field) : undefined;
}

/** Text fields in panes, and the filter that every list has. */
export const typing: readonly ActionRow[] = [
  {
    id: 'filter-pane',
    layer: 'global',
    chords: ['/'],
    hint: 'filter',
    help: 'shows only rows with that text; !text shows the others',
    rank: 71,
    applies: ({ view }) => ['orders', 'lag', 'facts'].includes(view.focus),
    run: ({ view }) =>
      see({ type: 'typing-began', field: `filter-${view.focus}`, text: view.filters[view.focus] ?? '' }),
  },
  {
    id: 'keep-filter',
    layer: 'typing',
    chords: ['enter'],
    hint: 'keep',
    help: 'keeps the filter and leaves its field',
    rank: 1,
    applies: (context) => filterInUse(context) !== undefined,
    run: () => see({ type: 'typing-ended' }),
  },
  {
    id: 'clear-field',
    layer: 'typing',
    chords: ['ctrl+u'],
    hint: 'clear',
    help: 'empties the text field',
    rank: 3,
    run: ({ view }) => (view.typing ? see({ type: 'field-set', field: view.typing.field, text: '' }) : []),
  },
  {
    id: 'leave-field',
    layer: 'typing',
    chords: ['esc'],
    hint: 'leave',
    help: 'leaves the text field; a filter is cleared',
    rank: 2,
    run(context) {
      const pane = filterInUse(context);
      return see({ type: 'typing-ended' }, ...(pane ? [{ type: 'filter-set', pane, text: '' } as const] : []));
    },
  },
];
