import { cellsOf, cut } from '../cells.ts';
import type { Line } from '../types.ts';

/** A text in lines of at most `width` cells, broken at spaces; a word that is longer is broken where it must be. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((each) => pieces(each, width))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (cellsOf(longer) <= width) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line];
}

/** A word in pieces that fit; a cut leaves room for its ellipsis, which is taken off again. */
function pieces(word: string, width: number): string[] {
  const found: string[] = [];
  let left = word;
  while (cellsOf(left) > width) {
    const piece = cut(left, width).slice(0, -1);
    if (piece === '') break;
    found.push(piece);
    left = left.slice(piece.length);
  }
  return [...found, left];
}

/** Explanations, dim, a cell away from either edge of a box of that width. */
export function paragraphs(texts: readonly string[], width: number): Line[] {
  return texts.flatMap((text) => wrap(text, width - 2)).map((text): Line => [{ text: ` ${text}`, tone: 'dim' }]);
}
