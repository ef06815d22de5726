import { cellsOf, padEnd, padStart } from '../cells.ts';
import { widthOf } from '../paint.ts';
import type { Line, Segment, Tone } from '../types.ts';

/** A stretch of text in a tone. */
export function tinted(text: string, tone?: Tone): Segment {
  return tone === undefined ? { text } : { text, tone };
}

/** In exactly `width` cells, to the left. */
export function left(text: string, width: number, tone?: Tone): Segment {
  return tinted(padEnd(text, width), tone);
}

/** In exactly `width` cells, to the right: numbers. */
export function right(text: string, width: number, tone?: Tone): Segment {
  return tinted(padStart(text, width), tone);
}

/** `gap` cells of nothing. */
export function gap(cells: number): Segment {
  return { text: ' '.repeat(Math.max(0, cells)) };
}

/** The two at either end of `width` cells; where there is no room for both, the right one goes. */
export function spread(before: Line, after: Line, width: number): Line {
  const room = width - widthOf(before) - widthOf(after);
  return room < 1 ? before : [...before, gap(room), ...after];
}

/** The line in at least `width` cells. */
export function padded(line: Line, width: number): Line {
  const room = width - widthOf(line);
  return room > 0 ? [...line, gap(room)] : line;
}

/** Cells that the widest of some texts takes. */
export function widest(texts: readonly string[], least = 0): number {
  return Math.max(least, ...texts.map(cellsOf));
}

/** The text of a line without its tones; a field as blanks. */
export function plain(line: Line): string {
  return line.map((part) => ('field' in part ? ' '.repeat(part.width) : part.text)).join('');
}

/** A value with its name before it. */
export type Named = { name: string; value: string; tone?: Tone };

/** Names and values beside each other, as many as fit whole into `width` cells. */
export function namedValues(values: readonly Named[], width: number): Line {
  const line: Segment[] = [];
  for (const { name, value, tone } of values) {
    const next = [tinted(`${line.length === 0 ? ' ' : '  '}${name} `, 'dim'), tinted(value, tone)];
    if (widthOf([...line, ...next]) > width) return line;
    line.push(...next);
  }
  return line;
}
