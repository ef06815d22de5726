import { cellsOf, padEnd } from '../cells.ts';
import type { Line, Segment, Tone } from '../types.ts';
import { tinted } from './line.ts';
import { wrap } from './wrap.ts';

/** Cells of a label. */
export const LABEL = 14;

/** A text beside its dim label, in as many lines as it takes. */
export function labelled(label: string, text: string, width: number, tone?: Tone): Line[] {
  return hanging({ text: padEnd(label, LABEL), tone: 'dim' }, text, width, tone);
}

/** Narrower than this a text beside something reads badly, and stands below it instead. */
const LEAST = 18;

/** A text beside what it is about, its further lines below its first: nothing of it is cut. */
export function hanging(head: Segment, text: string, width: number, tone?: Tone): Line[] {
  const indent = cellsOf(head.text);
  const isBeside = width - indent >= LEAST;
  const [before, room] = isBeside ? [indent, width - indent] : [LEAST_INDENT, width - LEAST_INDENT];
  const lines = text === '' ? [] : wrap(text, Math.max(1, room));
  const below = lines.slice(isBeside ? 1 : 0).map((line): Line => [{ text: ' '.repeat(before) }, tinted(line, tone)]);
  const first = isBeside ? lines[0] : undefined;
  return [first === undefined ? [head] : [head, tinted(first, tone)], ...below];
}

/** What hangs below is set in by this. */
const LEAST_INDENT = 4;
