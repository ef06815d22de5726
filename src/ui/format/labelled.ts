import { padEnd } from '../cells.ts';
import type { Line, Tone } from '../types.ts';
import { wrap } from './wrap.ts';

/** Cells of a label. */
export const LABEL = 14;

/** A text beside its dim label, in as many lines as it takes. */
export function labelled(label: string, text: string, width: number, tone?: Tone): Line[] {
  return wrap(text, Math.max(10, width - LABEL)).map((line, i) => [
    { text: padEnd(i === 0 ? label : '', LABEL), tone: 'dim' },
    tone === undefined ? { text: line } : { text: line, tone },
  ]);
}
