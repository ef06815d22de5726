import { cut } from './cells.ts';
import { wrap } from './format/wrap.ts';
import type { Line, Toast } from './types.ts';

/** Rows that a sentence above the footer takes at most. */
const MOST = 3;

/** A toast in whole sentences, as many rows as it takes; of one that is longer than any should be, the beginning. */
export function toastLines({ text, tone }: Toast, width: number): Line[] {
  const rows = wrap(text, width - 2);
  const kept = rows.length > MOST ? [...rows.slice(0, MOST - 1), cut(rows.slice(MOST - 1).join(' '), width - 2)] : rows;
  return kept.map((row) => [{ text: ' ' }, { text: row, tone }]);
}
