import type { State } from '../../../engine/state.ts';
import { cellsOf } from '../../cells.ts';
import { gap, left, right } from '../../format/line.ts';
import { count, short } from '../../format/number.ts';
import type { Line, Tone, View } from '../../types.ts';
import { pointed } from '../cursor.ts';
import { type Counter, shownCounters } from './counters.ts';

/** All figures on show, in the order of the cursor. */
export function counterRows({ analytics }: State): Counter[] {
  const { left: sums, right: oddities } = shownCounters(analytics.totals);
  return [...sums, ...oddities];
}

/** The figure under the cursor. */
export function selectedCounter(state: State, view: View): Counter | undefined {
  const rows = counterRows(state);
  return rows[Math.min(view.cursors.analytics ?? 0, rows.length - 1)];
}

/** Cells of a column at most: figures stay near their names. */
const COLUMN = 30;

/** Where a figure stands: cells of its column, and of its name. */
type Place = { width: number; name: number };

/** The figures in two columns. */
export function counterLines(state: State, view: View, width: number): Line[] {
  const { left: sums, right: oddities } = shownCounters(state.analytics.totals);
  const selected = view.focus === 'analytics' ? selectedCounter(state, view) : undefined;
  const column = Math.min(COLUMN, Math.floor(width / 2));
  const between = Math.min(4, width - 2 * column);
  const set = (counter: Counter | undefined, name: number) =>
    counter ? cell(state, counter, { width: column, name }, counter === selected) : [gap(column)];
  return Array.from({ length: Math.max(sums.length, oddities.length) }, (_, i) => [
    ...set(sums[i], NAME[0]),
    gap(between),
    ...set(oddities[i], NAME[1]),
  ]);
}

/** Cells of the longest name in each column. */
const NAME = [9, 11] as const;

function cell({ analytics: { totals } }: State, counter: Counter, place: Place, isSelected: boolean): Line {
  const value = totals ? counter.value(totals) : null;
  const room = place.width - place.name - 2;
  const written = value === null ? '–' : counter.write(value);
  const text = value !== null && cellsOf(written) > room && counter.write === count ? short(value) : written;
  const tone: Tone | undefined = value === null || value === 0 ? 'dim' : counter.isFault ? 'bad' : undefined;
  return pointed([left(counter.name, place.name), right(text, room, tone), gap(1)], isSelected);
}
