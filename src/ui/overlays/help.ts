import { ACTIONS } from '../actions/table.ts';
import { cellsOf, padEnd } from '../cells.ts';
import { keysOf, written } from '../footer.ts';
import { PANE } from '../panes/table.ts';
import type { ActionRow, Line, OverlayRow, PaneId, View } from '../types.ts';

/** What help tells of one key. */
export type HelpRow = { keys: string; does: string };

/** All chords of a row, as people write them. */
function allKeys(row: ActionRow): string {
  return row.keys ? keysOf(row) : row.chords.map(written).join(' ');
}

/** Keys of a layer whose words hold the filter. */
export function helpRows(layer: ActionRow['layer'], filter: string): HelpRow[] {
  return ACTIONS.filter((row) => row.layer === layer)
    .map((row) => ({ keys: allKeys(row), does: row.help }))
    .filter(({ keys, does }) => `${keys} ${does}`.toLowerCase().includes(filter.toLowerCase()));
}

function section(title: string, rows: readonly HelpRow[], width: number): Line[] {
  if (rows.length === 0) return [];
  return [
    [{ text: title, tone: 'bold' }],
    ...rows.map(({ keys, does }): Line => [{ text: `  ${padEnd(keys, width)}  `, tone: 'focus' }, { text: does }]),
    [],
  ];
}

function filterLine({ fields, typing }: View): Line[] {
  if (!typing && !fields['help-filter']) return [];
  return [
    [
      { text: 'filter ', tone: 'dim' },
      { field: 'help-filter', width: 30 },
    ],
    [],
  ];
}

function draw(pane: PaneId, view: View): Line[] {
  const filter = view.fields['help-filter'] ?? '';
  const sections = [
    [PANE[pane].title, helpRows(pane, filter)],
    ['Everywhere', helpRows('global', filter)],
    ['In a text field', helpRows('typing', filter)],
    ['In the command line', helpRows('palette', filter)],
  ] as const;
  const width = Math.max(0, ...sections.flatMap(([, rows]) => rows.map(({ keys }) => cellsOf(keys))));
  const about: Line[] = filter === '' ? [[{ text: PANE[pane].about }], []] : [];
  const shown = sections.flatMap(([title, rows]) => section(title, rows, width));
  return [
    ...filterLine(view),
    ...about,
    ...(shown.length > 0 ? shown : [[{ text: 'no key does that', tone: 'dim' } as const]]),
  ];
}

/** What every key does, for the focused pane and everywhere. */
export const help: OverlayRow<'help'> = {
  kind: 'help',
  title: ({ pane }) => `Help: ${PANE[pane].title}`,
  note: () => 'Esc closes, / filters',
  draw: ({ pane }, _, view) => draw(pane, view),
};
