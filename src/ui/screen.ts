import { createStore, type StoreApi } from 'zustand/vanilla';
import { footer } from './footer.ts';
import { frame } from './frame.ts';
import { hintLines, isHintDue } from './hint.ts';
import { type Layout, LEAST, layOut, type Rect } from './layout.ts';
import { drawOver, type Over } from './overlay.ts';
import { type FieldPlace, paint } from './paint.ts';
import { numberOf, PANE } from './panes/table.ts';
import { tabLine } from './tab-line.ts';
import { toastLines } from './toast-lines.ts';
import { topLine } from './top-line.ts';
import type { Line, PaneId, View } from './types.ts';
import type { World } from './world.ts';

/** A rectangle of the screen, painted. */
export type Piece = { key: string; rect: Rect; text: string };

/** The text field in use: where on the screen, and what is in it. */
export type FieldInUse = FieldPlace & { text: string; revision: number };

/** The rows of a table that are in sight, and how they are to look. */
export type TableInSight = NonNullable<Over['table']> & Pick<View, 'ascii' | 'color'>;

/** All that is drawn. */
export type Screen = {
  columns: number;
  rows: number;
  pieces: readonly Piece[];
  field: FieldInUse | null;
  table: TableInSight | null;
};

type Drawn = { key: string; rect: Rect; lines: readonly Line[] };

/** Draws the whole screen: pure, so that the same world and view always look the same. */
export function drawScreen(world: World, view: View): Screen {
  const { columns, rows } = view.size;
  const layout = layOut(view);
  const over = layout && drawOver(world, view);
  const drawings = layout
    ? [
        ...drawLayout(layout, world, view),
        ...(over ? [{ key: 'overlay', ...over }] : []),
        bottomOf(layout, world, view),
      ]
    : [tooSmall(columns, rows)];
  let field: FieldInUse | null = null;
  const pieces = drawings.map(({ key, rect, lines }) => {
    const painting = paint(lines, rect.width, rect.height, view);
    if (painting.field) field = inUse(painting.field, rect, view);
    return { key, rect, text: painting.text };
  });
  const table = over?.table ? { ...over.table, ascii: view.ascii, color: view.color } : null;
  return { columns, rows, pieces, field, table };
}

function inUse(place: FieldPlace, { x, y }: Rect, { fields, typing }: View): FieldInUse {
  const text = fields[place.field] ?? '';
  return { ...place, x: x + place.x, y: y + place.y, text, revision: typing?.revision ?? 0 };
}

function drawLayout(layout: Layout, world: World, view: View): Drawn[] {
  const { top, line, tabs, panes, facts } = layout;
  return [
    { key: 'top', rect: top, lines: [topLine(world, view, top.width)] },
    ...(line ? [{ key: 'line', rect: line, lines: [lineOf('pipeline', world, view, line)] }] : []),
    ...(tabs ? [{ key: 'tabs', rect: tabs, lines: [tabLine(view)] }] : []),
    ...panes.map(({ id, rect }) => drawPane(id, rect, world, view)),
    ...(facts ? [{ key: 'news', rect: facts, lines: newsOf(facts, world, view) }] : []),
  ];
}

/** The footer; while there is a toast, that, over as many rows as it takes. */
function bottomOf({ footer: rect }: Layout, { state, now }: World, view: View): Drawn {
  const { toast } = view;
  const lines = toast ? toastLines(toast, rect.width) : [footer({ state, view, now, chord: '' }, rect.width)];
  const height = lines.length;
  return { key: 'footer', rect: { ...rect, y: rect.y + 1 - height, height }, lines };
}

function boxOf({ width, height }: Rect, now: number) {
  return { width, height, now };
}

function lineOf(id: PaneId, { state, now }: World, view: View, rect: Rect): Line {
  return PANE[id].drawLine?.(state, view, boxOf(rect, now)) ?? [];
}

function drawPane(id: PaneId, rect: Rect, { state, now }: World, view: View): Drawn {
  const pane = PANE[id];
  const inner = { ...rect, width: rect.width - 2, height: rect.height - 2 };
  const body =
    id === 'facts' && isHintDue(state, view)
      ? hintLines(inner.width, inner.height)
      : pane.draw(state, view, boxOf(inner, now));
  const note = pane.note?.(state, view, now) ?? '';
  const title = [numberOf(id), pane.title].filter(Boolean).join(' ');
  return {
    key: id,
    rect,
    lines: frame(body, { title, note, isFocused: view.focus === id }, rect.width, rect.height),
  };
}

/** The latest facts where their pane is not in sight, or the hint in their place. */
function newsOf(rect: Rect, { state, now }: World, view: View): Line[] {
  return isHintDue(state, view)
    ? [...hintLines(rect.width, rect.height)]
    : PANE.facts.draw(state, view, boxOf(rect, now));
}

function tooSmall(columns: number, rows: number): Drawn {
  const text = `lunchrush needs ${LEAST.columns}×${LEAST.rows} cells, here are ${columns}×${rows}`;
  const lines: Line[] = [...Array<Line>(Math.max(0, Math.floor(rows / 2) - 1)).fill([]), [{ text }]];
  return { key: 'small', rect: { x: 0, y: 0, width: columns, height: rows }, lines };
}

/** The screen as a store that changes only when something to be seen has changed. */
export function createScreen(world: StoreApi<World>, view: StoreApi<View>): StoreApi<Screen> {
  const draw = () => drawScreen(world.getState(), view.getState());
  const store = createStore<Screen>(draw);
  const again = () => {
    const next = draw();
    if (!looksLike(store.getState(), next)) store.setState(next, true);
  };
  world.subscribe(again);
  view.subscribe(again);
  return store;
}

function looksLike(a: Screen, b: Screen): boolean {
  const same = (piece: Piece, i: number) => {
    const other = b.pieces[i];
    return piece.key === other?.key && piece.text === other.text && isSame(piece.rect, other.rect);
  };
  return (
    a.columns === b.columns &&
    a.rows === b.rows &&
    a.pieces.length === b.pieces.length &&
    isSame(a.field, b.field) &&
    isSame(a.table, b.table) &&
    a.pieces.every(same)
  );
}

function isSame(a: object | null, b: object | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
