/** What stands at the beginning of raw terminal input. `length` is in UTF-16 units of that input. */
export type Token =
  | { is: 'text'; text: string; length: number }
  /** A key as its usual sequence, which Ink knows. */
  | { is: 'key'; sequence: string; length: number }
  /** ctrl with a letter, or escape, as a chord: no text field wants them. */
  | { is: 'control'; chord: string; length: number }
  | { is: 'paste'; text: string; length: number }
  /** alt with a character, or escape and that character when both had to wait. */
  | { is: 'alt'; length: number }
  /** Mouse, focus and whatever else has no meaning here. */
  | { is: 'noise'; length: number }
  /** The rest of it has not arrived yet. */
  | { is: 'unfinished' };

const ESC = '\u001b';
const PASTE = { start: `${ESC}[200~`, end: `${ESC}[201~` };

/** Sequences with a meaning, by what terminals send, as what Ink understands. F1 asks for help. */
const SEQUENCES: Readonly<Record<string, string>> = {
  [`${ESC}[A`]: `${ESC}[A`,
  [`${ESC}[B`]: `${ESC}[B`,
  [`${ESC}[C`]: `${ESC}[C`,
  [`${ESC}[D`]: `${ESC}[D`,
  [`${ESC}OA`]: `${ESC}[A`,
  [`${ESC}OB`]: `${ESC}[B`,
  [`${ESC}OC`]: `${ESC}[C`,
  [`${ESC}OD`]: `${ESC}[D`,
  [`${ESC}[H`]: `${ESC}[H`,
  [`${ESC}OH`]: `${ESC}[H`,
  [`${ESC}[1~`]: `${ESC}[H`,
  [`${ESC}[7~`]: `${ESC}[H`,
  [`${ESC}[F`]: `${ESC}[F`,
  [`${ESC}OF`]: `${ESC}[F`,
  [`${ESC}[4~`]: `${ESC}[F`,
  [`${ESC}[8~`]: `${ESC}[F`,
  [`${ESC}[3~`]: `${ESC}[3~`,
  [`${ESC}[5~`]: `${ESC}[5~`,
  [`${ESC}[6~`]: `${ESC}[6~`,
  [`${ESC}[Z`]: `${ESC}[Z`,
  [`${ESC}OP`]: '?',
  [`${ESC}[11~`]: '?',
  [`${ESC}[[A`]: '?',
};

/** What follows the escape: CSI with its parameters, SS3, and the first function keys of consoles (ECMA-48, 5.4). */
const CSI = /^\[(\[[A-E]|[0-?]*[ -/]*[@-~])/;
const SS3 = /^O[ -~]/;
const X10_MOUSE = /^\[M[\s\S]{3}/;
const BEGUN = /^(\[(\[|[0-?]*[ -/]*|M[\s\S]{0,2})|O)?$/;

/** Control characters that are keys of their own. */
const KEYS: Readonly<Record<string, string>> = {
  '\r': '\r',
  '\n': '\r',
  '\t': '\t',
  '\u007f': '\u007f',
  '\b': '\u007f',
};

/** The first token of non-empty input. Text comes as long as it is: who wants single characters takes one of it. */
export function nextToken(input: string): Token {
  const first = input.charAt(0);
  if (first === ESC) return escaped(input);
  const key = KEYS[first];
  if (key !== undefined) return { is: 'key', sequence: key, length: 1 };
  const code = first.charCodeAt(0);
  if (code === 0) return { is: 'noise', length: 1 };
  if (code < 0x20) return { is: 'control', chord: `ctrl+${String.fromCharCode(code + 0x60)}`, length: 1 };
  const text = input.slice(0, textLength(input));
  return { is: 'text', text, length: text.length };
}

function textLength(input: string): number {
  let length = 0;
  while (length < input.length && input.charAt(length) >= ' ' && input.charAt(length) !== '\u007f') length++;
  return length;
}

function escaped(input: string): Token {
  if (input.startsWith(PASTE.start)) return pasted(input);
  const after = input.slice(1, 64);
  if (X10_MOUSE.test(after)) return { is: 'noise', length: 6 };
  if (BEGUN.test(after)) return { is: 'unfinished' };
  const matched = (CSI.exec(after) ?? SS3.exec(after))?.[0];
  if (matched !== undefined) {
    const sequence = ESC + matched;
    const known = SEQUENCES[sequence];
    return known === undefined
      ? { is: 'noise', length: sequence.length }
      : { is: 'key', sequence: known, length: sequence.length };
  }
  if (input.charAt(1) === ESC) return { is: 'control', chord: 'esc', length: 1 };
  return { is: 'alt', length: 1 + ((input.codePointAt(1) ?? 0) > 0xffff ? 2 : 1) };
}

function pasted(input: string): Token {
  const end = input.indexOf(PASTE.end);
  if (end < 0) return { is: 'unfinished' };
  return { is: 'paste', text: input.slice(PASTE.start.length, end), length: end + PASTE.end.length };
}
