import { columnOf, peaks, type Stretch } from '../../../engine/history.ts';
import type { State } from '../../../engine/state.ts';
import type { Fact } from '../../facts/fact.ts';
import { factsOf } from '../../facts/facts.ts';
import { gap, left, padded } from '../../format/line.ts';
import type { Line, Segment } from '../../types.ts';
import { curve, SCALE } from './curve.ts';

/** How much of the past the strip shows, ms, from near to far. */
export const STRETCHES = [60_000, 300_000, 600_000] as const;

/** A stretch as people say it. */
export function nameOfStretch(windowMs: number): string {
  return windowMs < 120_000 ? `${windowMs / 1000} s` : `${windowMs / 60_000} min`;
}

/** Rows of a curve at least and at most. */
const ROWS = { least: 2, most: 8 };

/** Cells of the legend beside the curve, where there is room for it. */
const LEGEND = { least: 22, most: 40, from: 56 };

export type StripOf = { groupId: string; windowMs: number; now: number };

/** Rows that a strip needs at least: curve, and marks on the line of time. */
export const STRIP_LEAST = ROWS.least + 1;

/** The lag of a group over time, what happened beneath it, and the marks explained beside it. */
export function drawStrip(state: State, of: StripOf, width: number, height: number): Line[] {
  const legendWidth = width < LEGEND.from ? 0 : Math.max(LEGEND.least, Math.min(LEGEND.most, Math.floor(width * 0.36)));
  const columns = Math.max(1, width - SCALE - legendWidth - (legendWidth > 0 ? 2 : 0));
  const stretch = { now: of.now, windowMs: of.windowMs, columns };
  const rows = Math.min(ROWS.most, Math.max(ROWS.least, height - 1));
  const marked = factsOf(state.log).filter(({ mark, at }) => mark && isIn(at, stretch));
  const series = peaks(state.history, stretch, ({ lag }) => lag[of.groupId] ?? 0);
  const lines: Line[] = [...curve(series, rows), timeLine(marked, stretch)];
  if (legendWidth === 0) return lines;
  const legend = legendOf(marked, lines.length);
  return lines.map((line, i) => [...padded(line, SCALE + columns), gap(2), ...(legend[i] ?? [])]);
}

function isIn(at: number, stretch: Stretch): boolean {
  const column = columnOf(at, stretch);
  return column >= 0 && column < stretch.columns;
}

/** The line of time with a letter where something happened; of two in one column the later one. */
function timeLine(facts: readonly Fact[], stretch: Stretch): Line {
  const { columns, windowMs } = stretch;
  const marks = new Map(facts.map(({ mark, at }) => [columnOf(at, stretch), mark ?? ' ']));
  const labels = labelsOf(`-${nameOfStretch(windowMs)}`, columns, [...marks.keys()]);
  const cells = [...labels.slice(0, columns)].map((label, i): Segment => {
    const mark = marks.get(i);
    return mark === undefined ? { text: label, tone: 'dim' } : { text: mark, tone: 'mark' };
  });
  return [gap(SCALE), ...joined(cells)];
}

/** The ends of the line in words; a word that a mark would fall into is left out. */
function labelsOf(from: string, columns: number, marks: readonly number[]): string {
  const isFree = (first: number, last: number) => !marks.some((column) => column >= first && column < last);
  // A blank between a word and a mark, or they would be read as one.
  const start = isFree(0, from.length + 1) ? from : '';
  const end = isFree(columns - 4, columns) ? 'now' : '';
  return start + ' '.repeat(Math.max(1, columns - start.length - end.length)) + end;
}

/** Neighbours in one tone as one stretch of text. */
function joined(cells: readonly Segment[]): Segment[] {
  const runs: Segment[] = [];
  for (const cell of cells) {
    const last = runs.at(-1);
    if (last && last.tone === cell.tone) runs[runs.length - 1] = { ...last, text: last.text + cell.text };
    else runs.push(cell);
  }
  return runs;
}

/** What the letters stand for, the latest last; as many as there are rows. */
function legendOf(facts: readonly Fact[], rows: number): Line[] {
  if (facts.length === 0) return [[{ text: 'nothing was done to it', tone: 'dim' }]];
  return facts.slice(-rows).map((fact) => [left(fact.mark ?? '', 2, 'mark'), { text: fact.short ?? fact.text }]);
}
