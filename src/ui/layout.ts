import { PANES, type PaneId, type View } from './types.ts';

/** A place on the screen, in cells. */
export type Rect = { x: number; y: number; width: number; height: number };

/** What stands where. Rows that a small screen has no room for are absent. */
export type Layout = {
  top: Rect;
  /** The pipeline as one line, where its pane is not in sight. */
  line?: Rect;
  tabs?: Rect;
  panes: readonly { id: PaneId; rect: Rect }[];
  /** The latest facts without a frame, where their pane is not in sight. */
  facts?: Rect;
  footer: Rect;
};

/** The least that makes sense. */
export const LEAST = { columns: 60, rows: 18 };

/** From here on panes stand two and two, and all together. */
const TWO = { columns: 100, rows: 24 };
const ALL = { columns: 110, rows: 36 };

/** What stands beside a focused pane when there is room for two: cause beside effect. */
const BESIDE: Record<PaneId, PaneId> = {
  pipeline: 'lag',
  orders: 'analytics',
  load: 'lag',
  faults: 'lag',
  lag: 'faults',
  analytics: 'orders',
  facts: 'lag',
};

/** Where everything stands; undefined when there is no room for anything. Every cell belongs to at most one place. */
export function layOut({ size, focus, isZoomed }: Pick<View, 'size' | 'focus' | 'isZoomed'>): Layout | undefined {
  const { columns, rows } = size;
  if (columns < LEAST.columns || rows < LEAST.rows) return undefined;
  if (isZoomed) return zoomed(columns, rows, focus);
  if (columns >= ALL.columns && rows >= ALL.rows) return allAtOnce(columns, rows);
  return tabbed(columns, rows, focus);
}

function zoomed(columns: number, rows: number, focus: PaneId): Layout {
  const rect = { x: 0, y: 1, width: columns, height: rows - 2 };
  return { ...ends(columns, rows), panes: [{ id: focus, rect }] };
}

function ends(columns: number, rows: number): Pick<Layout, 'top' | 'footer'> {
  return {
    top: { x: 0, y: 0, width: columns, height: 1 },
    footer: { x: 0, y: rows - 1, width: columns, height: 1 },
  };
}

/** Rows of each band at the least height; what is more is shared by `share`. */
const BANDS = [
  { height: 7, share: 0, panes: ['pipeline'] },
  { height: 10, share: 2, panes: ['orders', 'load', 'faults'] },
  { height: 12, share: 3, panes: ['lag', 'lag', 'analytics'] },
  { height: 5, share: 1, panes: ['facts'] },
] as const satisfies { height: number; share: number; panes: readonly PaneId[] }[];

function allAtOnce(columns: number, rows: number): Layout {
  let spare = rows - ALL.rows;
  let shares = BANDS.reduce((sum, { share }) => sum + share, 0);
  let y = 1;
  const panes = BANDS.flatMap(({ height, share, panes: across }) => {
    const more = shares === 0 ? 0 : Math.round((spare * share) / shares);
    spare -= more;
    shares -= share;
    const band = { y, height: height + more };
    y += band.height;
    return sideBySide(across, columns, band);
  });
  return { ...ends(columns, rows), panes };
}

/** Panes in equal parts of a band; one that is named twice gets two parts. */
function sideBySide(across: readonly PaneId[], columns: number, band: { y: number; height: number }): Layout['panes'] {
  const edge = (part: number) => Math.round((columns * part) / across.length);
  return [...new Set(across)].map((id) => {
    const x = edge(across.indexOf(id));
    return { id, rect: { x, ...band, width: edge(across.lastIndexOf(id) + 1) - x } };
  });
}

/** One or two panes behind a tab line, with the pipeline as a line above and the latest facts below. */
function tabbed(columns: number, rows: number, focus: PaneId): Layout {
  // Where the pane of facts is in sight they need not stand there twice.
  const facts = focus === 'facts' ? 0 : rows >= 40 ? 6 : rows >= 24 ? 3 : 1;
  const y = 3;
  const height = rows - y - facts - 1;
  const row = (at: number, tall = 1): Rect => ({ x: 0, y: at, width: columns, height: tall });
  return {
    ...ends(columns, rows),
    line: row(1),
    tabs: row(2),
    panes: oneOrTwo(columns, focus, { y, height }),
    ...(facts > 0 ? { facts: row(y + height, facts) } : {}),
  };
}

function oneOrTwo(columns: number, focus: PaneId, band: { y: number; height: number }): Layout['panes'] {
  if (columns >= TWO.columns) return sideBySide(widened(pair(focus)), columns, band);
  if (band.height < 30) return sideBySide([focus], columns, band);
  const first = Math.ceil(band.height / 2);
  return pair(focus).flatMap((id, i) =>
    sideBySide(
      [id],
      columns,
      i === 0 ? { y: band.y, height: first } : { y: band.y + first, height: band.height - first },
    ),
  );
}

/** The focused pane and its companion, in the order of their numbers, so that they keep their sides. */
function pair(focus: PaneId): PaneId[] {
  return [focus, BESIDE[focus]].sort((a, b) => PANES.indexOf(a) - PANES.indexOf(b));
}

/** The lag table is wide: three parts of five. */
function widened(panes: readonly PaneId[]): PaneId[] {
  return panes.includes('lag') ? panes.flatMap((id) => Array<PaneId>(id === 'lag' ? 3 : 2).fill(id)) : [...panes];
}
