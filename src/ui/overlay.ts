import { fitted, frame } from './frame.ts';
import type { Rect } from './layout.ts';
import { type Drawn, drawOverlay } from './overlays/table.ts';
import { widthOf } from './paint.ts';
import type { Line, Overlay, TableRow, View } from './types.ts';
import type { World } from './world.ts';

/** An overlay in its frame, the rows of a table that stand in it, and how far it can be scrolled, in rows. */
export type Over = {
  rect: Rect;
  lines: readonly Line[];
  table: { rect: Rect; rows: readonly TableRow[] } | null;
  scrollEnd: number;
};

/** Widths of overlays whose contents do not decide it. */
const WIDTH: { [K in Overlay['kind']]?: number } = { palette: 90, help: 110 };

/** Narrower than this an overlay looks like an accident. */
const LEAST = 46;

/** Fewer cells of the panes than this at either side look like something that was left over. */
const BESIDE = 6;

/** Frame and air at both sides. */
const SIDES = 4;

/** Puts the overlay, if there is one, in a frame in the middle; what does not fit is scrolled by its cursor. */
export function drawOver({ state, now }: World, view: View): Over | undefined {
  const { overlay, size } = view;
  if (!overlay) return undefined;
  const most = { width: size.columns - SIDES, height: size.rows - 4 };
  const set = widened(WIDTH[overlay.kind] ?? most.width, most.width);
  const drawn = drawOverlay(overlay, state, view, { width: set, height: most.height, now });
  const width = WIDTH[overlay.kind] === undefined ? widened(neededBy(drawn), most.width) : set;
  const wanted = drawn.lines.length + (drawn.table.length > 0 ? drawn.table.length + 1 : 0);
  const height = Math.min(most.height, wanted);
  const rect = {
    x: Math.floor((size.columns - width - SIDES) / 2),
    y: 1 + Math.floor((most.height - height) / 3),
    width: width + SIDES,
    height: height + 2,
  };
  const scrollEnd = wanted - height;
  const from = Math.min(view.cursors[overlay.kind] ?? 0, scrollEnd);
  // The arrow keys of the palette go through its history: what it has no room for cannot be scrolled to.
  const below = overlay.kind === 'palette' ? 0 : scrollEnd - from;
  const note = [drawn.note, below > 0 ? `↓ ${below} more` : ''].filter((part) => part !== '').join(', ');
  return { ...framed({ ...drawn, note }, rect, from), scrollEnd };
}

/** All of the width where little of the panes would be left at the sides. */
function widened(width: number, most: number): number {
  return most - width < 2 * BESIDE ? most : width;
}

function neededBy({ title, note, lines }: Drawn): number {
  return Math.max(LEAST, title.length + note.length + 8, ...lines.map(widthOf));
}

/** Only lines scroll, or only the rows of the table: what stands above a table stays. */
function framed({ title, note, lines, table }: Drawn, rect: Rect, from: number): Omit<Over, 'scrollEnd'> {
  const inner = { x: rect.x + 2, y: rect.y + 1, width: rect.width - 4, height: rect.height - 2 };
  const shown = table.length > 0 ? lines : lines.slice(from, from + inner.height);
  const body = shown.map((line): Line => [{ text: ' ' }, ...fitted(line, inner.width), { text: ' ' }]);
  const below = { ...inner, y: inner.y + lines.length, height: inner.height - lines.length };
  const rows = table.slice(from, from + below.height - 1);
  return {
    rect,
    lines: frame(body, { title, note, isFocused: true }, rect.width, rect.height),
    table: rows.length > 0 ? { rect: below, rows } : null,
  };
}
