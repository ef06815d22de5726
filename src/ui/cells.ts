import stringWidth from 'string-width';

/** One cell each, for sure: what nearly all of the screen is made of. */
const PLAIN = /^[\x20-\x7e\u2190-\u2193\u2500-\u259f\u25cf]*$/;

const segmenter = new Intl.Segmenter();

/** How many cells a text takes on a terminal: wide characters two, combining ones none. */
export function cellsOf(text: string): number {
  return PLAIN.test(text) ? text.length : stringWidth(text);
}

/** The text with control characters, which would move the cursor, shown as dots. */
export function printable(text: string): string {
  return [...text].map((character) => (isControl(character) ? '·' : character)).join('');
}

/** As much of the text as fits, by whole characters, with `…` for what was cut off. */
export function cut(text: string, width: number): string {
  if (cellsOf(text) <= width) return text;
  if (width <= 0) return '';
  let kept = '';
  let cells = 0;
  for (const { segment } of segmenter.segment(text)) {
    cells += cellsOf(segment);
    if (cells > width - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** The text in exactly that many cells, to the left. */
export function padEnd(text: string, width: number): string {
  const kept = cut(text, width);
  return kept + ' '.repeat(Math.max(0, width - cellsOf(kept)));
}

/** The text in exactly that many cells, to the right. */
export function padStart(text: string, width: number): string {
  const kept = cut(text, width);
  return ' '.repeat(Math.max(0, width - cellsOf(kept))) + kept;
}

function isControl(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x20 || (code >= 0x7f && code < 0xa0);
}
