import { ACTIONS } from './actions/table.ts';
import { keysOf, written } from './footer.ts';
import { PANE } from './panes/table.ts';
import { type ActionRow, type Layer, PANES } from './types.ts';

/** Titles of the layers that are no panes, in the order of the page. */
const TITLES: Partial<Record<Layer, string>> = {
  global: 'Everywhere',
  typing: 'In a text field',
  palette: 'In the command line',
  confirm: 'When something is asked',
  help: 'In help',
  trace: 'In a trace',
  details: 'In details',
  replay: 'In a replay',
  output: 'In an answer',
};

/** All keys by layer, for the docs. */
export function keysMarkdown(): string {
  const panes = PANES.map((id) => [id, PANE[id].title] as const);
  const layers = [...panes, ...(Object.entries(TITLES) as [Layer, string][])];
  return layers
    .map(([layer, title]) => [title, ACTIONS.filter((row) => row.layer === layer)] as const)
    .filter(([, rows]) => rows.length > 0)
    .map(([title, rows]) => `## ${title}\n\n${table(rows)}`)
    .join('\n\n');
}

/** What the footer shows everywhere, for the README. */
export function mainKeysMarkdown(): string {
  return table(ACTIONS.filter((row) => row.layer === 'global' && row.rank !== undefined));
}

function table(rows: readonly ActionRow[]): string {
  const cells = (row: ActionRow) => `| ${chordsOf(row)} | ${row.help.replaceAll('|', '\\|')} |`;
  return ['| keys | what it does |', '| --- | --- |', ...rows.map(cells)].join('\n');
}

function chordsOf(row: ActionRow): string {
  const chords = row.keys ? [keysOf(row)] : row.chords.map(written);
  return chords.map((chord) => `\`${chord.replaceAll('|', '\\|')}\``).join(' ');
}
