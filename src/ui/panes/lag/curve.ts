import type { Series } from '../../../engine/history.ts';
import { padStart } from '../../cells.ts';
import { short } from '../../format/number.ts';
import type { Line } from '../../types.ts';

const STEPS = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** Cells of the scale beside a curve, its rule included. */
export const SCALE = 8;

/** The next round number, so that the scale does not move with every look. */
export function roundUp(value: number): number {
  if (value <= 8) return 8;
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((times) => value <= times * power) ?? 10) * power;
}

/** Glyph of a column in one row, rows counted from the bottom. A value that is not 0 never looks like it. */
function cell(value: number | null, row: number, rows: number, top: number): string {
  if (value === null) return row === 0 ? '·' : ' ';
  const eighths = value <= 0 ? 1 : Math.max(2, Math.round((value / top) * rows * 8));
  const inRow = Math.min(8, Math.max(0, eighths - row * 8));
  return STEPS[inRow] ?? ' ';
}

function scale(row: number, rows: number, top: number): string {
  if (row === 0) return `${padStart('0', SCALE - 2)} ┼`;
  return row === rows - 1 ? `${padStart(short(top), SCALE - 2)} ┤` : `${' '.repeat(SCALE - 1)}│`;
}

/** A series as a filled curve with a scale, `rows` high; `·` where nothing was looked at. */
export function curve(series: Series, rows: number): Line[] {
  const top = roundUp(Math.max(0, ...series.map((value) => value ?? 0)));
  return Array.from({ length: rows }, (_, fromTop) => {
    const row = rows - 1 - fromTop;
    const drawn = series.map((value) => cell(value, row, rows, top)).join('');
    return [{ text: scale(row, rows, top), tone: 'dim' }, { text: drawn }];
  });
}
