import { plain } from '../format/line.ts';
import { traceLines } from '../overlays/trace.ts';
import type { ActionRow } from '../types.ts';
import { reading } from './reading.ts';

/** Cells of a copied line: each hop on one. */
const COPIED = 160;

/** What the log holds of an order. */
export const trace: readonly ActionRow[] = reading('trace', 'the trace', ({ state, view: { overlay } }) =>
  overlay?.kind === 'trace' ? traceLines(overlay, state, COPIED).map((line) => plain(line).trim()) : [],
);
