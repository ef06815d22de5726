import { type Layout, layOut, type Rect } from '../../src/ui/layout.ts';
import type { View } from '../../src/ui/types.ts';
import type { TerminalRun } from '../rig/terminal.ts';

type Seen = Pick<TerminalRun, 'screen' | 'wrapped'>;

/** What is wrong with a screen that should show these panes at this size; undefined when it is whole. */
export function tornIn(
  run: Seen,
  { size, focus, isZoomed }: Pick<View, 'size' | 'focus' | 'isZoomed'>,
): string | undefined {
  const rows = run.screen().map((row) => [...row]);
  const layout = layOut({ size, focus, isZoomed });
  if (!layout) return `there is no layout for ${size.columns}×${size.rows}`;
  if (rows.length !== size.rows) return `${rows.length} rows instead of ${size.rows}`;
  const wide = rows.findIndex((row) => row.length > size.columns);
  if (wide >= 0) return `row ${wide} has ${rows[wide]?.length} cells`;
  if (run.wrapped() > 0) return `${run.wrapped()} rows are wrapped`;
  return edgesOf(rows, layout) ?? framesOf(rows, layout);
}

/** Top line and footer, each once, with nothing behind them. */
function edgesOf(rows: readonly string[][], { footer, panes }: Layout): string | undefined {
  const text = rows.map((row) => row.join(''));
  if (!text[0]?.startsWith(' LUNCHRUSH')) return `row 0 is "${text[0]}"`;
  if (text.filter((row) => row.includes('LUNCHRUSH')).length !== 1) return 'there is more than one top line';
  if (!text[footer.y]?.trimEnd().endsWith(' q quit')) return `row ${footer.y} is "${text[footer.y]}", and no footer`;
  // Beside the frames nothing looks like one: what a smaller or larger screen left behind would.
  const corners = text.join('').match(/[╭╮╰╯┏┓┗┛]/g) ?? [];
  return corners.length === 4 * panes.length ? undefined : `${corners.length} corners of ${panes.length} panes`;
}

const EDGE = { '╭': '╭╮╰╯│', '┏': '┏┓┗┛┃' } as const;

function framesOf(rows: readonly string[][], { panes }: Layout): string | undefined {
  for (const { id, rect } of panes) {
    const torn = frameAt(rows, rect);
    if (torn !== undefined) return `pane ${id}: ${torn}`;
  }
  return undefined;
}

/** Corners at the corners, and a border in every row between them. */
function frameAt(rows: readonly string[][], { x, y, width, height }: Rect): string | undefined {
  const cell = (column: number, row: number) => rows[row]?.[column] ?? ' ';
  const corner = cell(x, y);
  if (corner !== '╭' && corner !== '┏') return `no corner at ${x},${y} but "${corner}"`;
  const [, topRight = '', bottomLeft = '', bottomRight = '', side = ''] = EDGE[corner];
  const [right, bottom] = [x + width - 1, y + height - 1];
  const found = cell(right, y) + cell(x, bottom) + cell(right, bottom);
  if (found !== topRight + bottomLeft + bottomRight) return `the other corners are "${found}"`;
  for (let row = y + 1; row < bottom; row++) {
    if (cell(x, row) !== side || cell(right, row) !== side) return `row ${row} has no border at both its ends`;
  }
  return undefined;
}
