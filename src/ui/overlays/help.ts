import { ACTIONS } from '../actions/table.ts';
import { keysOf, written } from '../footer.ts';
import { PANE } from '../panes/table.ts';
import type { ActionRow, Layer, Line, OverlayRow, PaneId, TableRow, View } from '../types.ts';

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

/** Keys of one layer whose words hold the filter; the first row says where they hold. */
function keysIn(layer: Layer, where: string, filter: string): TableRow[] {
  return ACTIONS.filter((row) => row.layer === layer)
    .map((row) => ({ keys: allKeys(row), does: row.help }))
    .filter(({ keys, does }) => `${keys} ${does}`.toLowerCase().includes(filter.toLowerCase()))
    .map((row, i) => ({ where: i === 0 ? where : '', ...row }));
}

function rowsFor(pane: PaneId, { fields }: Pick<View, 'fields'>): TableRow[] {
  const layers = [[pane, PANE[pane].title] as const, ...ELSEWHERE];
  return layers.flatMap(([layer, where]) => keysIn(layer, where, fields['help-filter'] ?? ''));
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
  draw({ pane }, _, view) {
    const none: Line[] = rowsFor(pane, view).length === 0 ? [[{ text: ' no key does that', tone: 'dim' }]] : [];
    return [[{ text: ` ${PANE[pane].about}` }], ...filterLine(view), ...none];
  },
  table: ({ pane }, view) => rowsFor(pane, view),
};
