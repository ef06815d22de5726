import type { State } from '../../../engine/state.ts';
import { cellsOf } from '../../cells.ts';
import { gap, left, padded, right } from '../../format/line.ts';
import { short } from '../../format/number.ts';
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

/** The figures in two columns. */
export function counterLines(state: State, view: View, width: number): Line[] {
  const { left: sums, right: oddities } = shownCounters(state.analytics.totals);
  const selected = view.focus === 'analytics' ? selectedCounter(state, view) : undefined;
  const column = Math.min(COLUMN, Math.floor(width / 2));
  return Array.from({ length: Math.max(sums.length, oddities.length) }, (_, i) => {
    const cells = [sums[i], oddities[i]].map((counter) =>
      counter ? cell(state, counter, column, counter === selected) : [gap(column)],
    );
    return cells.flatMap((line, n) =>
      n === 0 ? padded(line, Math.max(column, width - column > COLUMN ? COLUMN + 4 : column)) : line,
    );
  });
}

/** Cells of the longest name, and a gap. */
const NAME = 12;

function cell({ analytics: { totals } }: State, counter: Counter, width: number, isSelected: boolean): Line {
  const value = totals ? counter.value(totals) : null;
  const room = width - NAME - 2;
  const written = value === null ? '–' : counter.write(value);
  const text = value !== null && cellsOf(written) > room ? short(value) : written;
  const tone: Tone | undefined = value === null || value === 0 ? 'dim' : counter.isFault ? 'bad' : undefined;
  return pointed([left(counter.name, NAME), right(text, room, tone), gap(1)], isSelected);
}
