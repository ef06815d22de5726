import { RATE_STRETCH } from '../../engine/lag/rate.ts';
import type { State } from '../../engine/state.ts';
import { filterLine } from '../filter.ts';
import { seconds } from '../format/time.ts';
import type { Box, Line, Pane, View } from '../types.ts';
import { pointed } from './cursor.ts';
import { faded } from './faded.ts';
import { columnsFor, headLine, rowLine } from './lag/columns.ts';
import { groupsOf, type LagRow, lagRows, selectedRow } from './lag/rows.ts';
import { drawStrip, nameOfStretch, STRIP_LEAST } from './lag/strip.ts';
import { firstInSight } from './scroll.ts';
import { clusterTrouble, waitsFor } from './waits-for.ts';

/** Older than this, ms, a look is shown as one of the past. */
const STALE_MS = 3000;

/** How far each group is behind, why, and what happened meanwhile. */
export const lagPane: Pane = {
  id: 'lag',
  title: 'Lag',
  about: `Lag is what is written less what a group has committed, by partition; the strip shows what made it grow. Rates are means of ${RATE_STRETCH}.`,
  note,
  rows: (state, view) => lagRows(state, view).length,
  draw,
};

function note(state: State, view: View, now: number): string {
  const trouble = clusterTrouble(state, now);
  if (trouble !== '') return trouble;
  const age = ageOf(state, now);
  return age > STALE_MS ? `as of ${seconds(age)} ago` : `last ${nameOfStretch(view.stripMs)}`;
}

function ageOf(state: State, now: number): number {
  const looked = groupsOf(state).map(({ at }) => at);
  return looked.length === 0 ? 0 : now - Math.max(...looked);
}

function draw(state: State, view: View, { width, height, now }: Box): Line[] {
  const rows = lagRows(state, view);
  const filter = filterLine(view, 'lag', width);
  const room = height - filter.length - 1;
  if (rows.length === 0) return [...filter, [{ text: ` ${nothing(state, view)}`, tone: 'dim' }]];
  const hasStrip = room - rows.length >= STRIP_LEAST;
  const table = drawTable(state, view, rows, { width, height: room, now });
  const gapped = room - rows.length > STRIP_LEAST;
  const strip = hasStrip ? stripOf(state, view, { width, height: room - rows.length - (gapped ? 1 : 0), now }) : [];
  const lines = [...filter, ...table, ...(gapped && hasStrip ? [[]] : []), ...strip];
  return ageOf(state, now) > STALE_MS || state.cluster.state !== 'up' ? faded(lines) : lines;
}

function nothing(state: State, view: View): string {
  if (view.filters.lag) return 'no group or partition has this text';
  return waitsFor(state) || 'the groups have not been asked about yet';
}

function drawTable(state: State, view: View, rows: readonly LagRow[], { width, height }: Box): Line[] {
  const columns = columnsFor(width - 1);
  const cursor = Math.min(view.cursors.lag ?? 0, rows.length - 1);
  const from = firstInSight(rows.length, cursor, height);
  const isChosen = (i: number) => view.focus === 'lag' && from + i === cursor;
  const shown = rows.slice(from, from + height);
  return [
    pointed(headLine(columns), false),
    ...shown.map((row, i) => pointed(rowLine(columns, row, state), isChosen(i))),
  ];
}

function stripOf(state: State, view: View, { width, height, now }: Box): Line[] {
  const group = (selectedRow(state, view)?.group ?? groupsOf(state)[0])?.groupId ?? '';
  return drawStrip(state, { groupId: group, windowMs: view.stripMs, now }, width, height);
}
