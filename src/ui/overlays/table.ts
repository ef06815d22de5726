import type { State } from '../../engine/state.ts';
import type { Box, Line, Overlay, OverlayKind, OverlayRow, TableRow, View } from '../types.ts';
import { confirm } from './confirm.ts';
import { details } from './details.ts';
import { help } from './help.ts';
import { output } from './output.ts';
import { palette } from './palette.ts';
import { replay } from './replay.ts';
import { trace } from './trace.ts';

/** The overlays by kind. */
const OVERLAY: { [K in OverlayKind]: OverlayRow<K> } = { confirm, details, help, output, palette, trace, replay };

/** An overlay as it is to be framed. */
export type Drawn = { title: string; note: string; lines: Line[]; table: readonly TableRow[] };

/** Draws whatever overlay lies over the panes. */
export function drawOverlay(overlay: Overlay, state: State, view: View, box: Box): Drawn {
  // The row was found by the overlay's own kind.
  const row = OVERLAY[overlay.kind] as OverlayRow;
  return {
    title: row.title(overlay, state, view),
    note: row.note?.(overlay, state, view) ?? '',
    lines: row.draw(overlay, state, view, box),
    table: row.table?.(overlay, view, box.width) ?? [],
  };
}
