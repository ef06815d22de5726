import { ACTIONS } from '../actions/table.ts';
import { keysOf, written } from '../footer.ts';
import { wrap } from '../format/wrap.ts';
import { PANE } from '../panes/table.ts';
import type { ActionRow, Layer, Line, OverlayRow, PaneId, View } from '../types.ts';
import { type KeyGroup, type KeyRow, keyRows } from './key-rows.ts';

/** Where keys hold that belong to no pane, in the order of help. */
const ELSEWHERE: readonly (readonly [Layer, string])[] = [
  ['global', 'Everywhere'],
  ['typing', 'Text field'],
  ['palette', 'Command line'],
];

/** All chords of a row, as people write them. */
function allKeys(row: ActionRow): string {
  return row.keys ? keysOf(row) : row.chords.map(written).join(' ');
}

/** Keys of one layer whose words hold the filter. */
function keysIn(layer: Layer, filter: string): KeyRow[] {
  return ACTIONS.filter((row) => row.layer === layer)
    .map((row) => ({ keys: allKeys(row), does: row.help }))
    .filter(({ keys, does }) => `${keys} ${does}`.toLowerCase().includes(filter.toLowerCase()));
}

function groupsFor(pane: PaneId, { fields }: Pick<View, 'fields'>): KeyGroup[] {
  const layers = [[pane, PANE[pane].title] as const, ...ELSEWHERE];
  return layers.map(([layer, where]) => ({ where, rows: keysIn(layer, fields['help-filter'] ?? '') }));
}

function filterLine({ fields, typing }: View): Line[] {
  if (!typing && !fields['help-filter']) return [];
  return [
    [
      { text: ' / ', tone: 'focus' },
      { field: 'help-filter', width: 30 },
    ],
  ];
}

/** What every key does, for the focused pane and everywhere. */
export const help: OverlayRow<'help'> = {
  kind: 'help',
  title: ({ pane }) => `Help: ${PANE[pane].title}`,
  note: () => 'Esc closes, / filters',
  draw({ pane }, _, view, { width }) {
    const isNone = groupsFor(pane, view).every(({ rows }) => rows.length === 0);
    const none: Line[] = isNone ? [[{ text: ' no key does that', tone: 'dim' }]] : [];
    const about = wrap(PANE[pane].about, width - 2).map((text): Line => [{ text: ` ${text}` }]);
    return [...about, ...filterLine(view), ...none];
  },
  table: ({ pane }, view, width) => keyRows(groupsFor(pane, view), width),
};
