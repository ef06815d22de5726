import type { Trace } from '../../engine/commands/trace.ts';
import type { State } from '../../engine/state.ts';
import { left, right, widest } from '../format/line.ts';
import { duration, preciseClock } from '../format/time.ts';
import type { Line, Overlay, OverlayRow } from '../types.ts';
import { type Hop, hopsOf } from './trace/hops.ts';

type TraceOverlay = Extract<Overlay, { kind: 'trace' }>;

/** All that the log holds of one order, hop by hop. */
export const trace: OverlayRow<'trace'> = {
  kind: 'trace',
  title: ({ orderId }) => `Trace ${orderId}`,
  draw: (overlay, state, _, { width }) => traceLines(overlay, state, width),
};

/** The hops, or why there are none, in lines of that width. */
export function traceLines(overlay: TraceOverlay, state: State, width: number): Line[] {
  const records = found(overlay);
  if (!records) return [[{ text: ` ${pending(state)}`, tone: 'dim' }]];
  if (records.length === 0)
    return [[{ text: ' The log holds nothing of it. Retention may have removed it.', tone: 'work' }]];
  return drawHops(hopsOf(records, overlay.orderId, state), width);
}

function found({ result }: TraceOverlay): Trace[] | undefined {
  // The data of the command's answer is JSON of its own shape.
  return result === null ? undefined : (result.data as unknown as { found: Trace[] }).found;
}

function pending({ commands }: State): string {
  const isReading = Object.values(commands).some(({ verb }) => verb === 'trace');
  return isReading ? 'Reading the log…' : 'The log has not been read. The log of facts says why.';
}

/** Cells that a reason needs to stand on the line of its record; else it has one of its own. */
const ONE_LINE = 30;

function drawHops(hops: readonly Hop[], width: number): Line[] {
  const what = widest(hops.map((hop) => hop.what)) + 2;
  const where = widest(hops.map((hop) => hop.where)) + 2;
  return hops.flatMap((hop): Line[] => {
    const head: Line = [
      // What follows from offsets alone has no time of its own.
      left(hop.where === '' ? '' : ` ${preciseClock(hop.at)}`, 15, 'dim'),
      left(hop.what, what, hop.tone),
      left(hop.where, where),
    ];
    const after = hop.afterMs === null ? '' : `+${duration(hop.afterMs)}`;
    const room = width - 15 - what - where - 9;
    if (room >= ONE_LINE) return [[...head, left(hop.why, room, 'dim'), right(after, 9)]];
    return [[...head, { text: after }], [{ text: `               ${hop.why}`, tone: 'dim' }]];
  });
}
