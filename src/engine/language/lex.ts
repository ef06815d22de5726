import { type Cursor, openCursor, peek, step } from './cursor.ts';
import type { Complain, Position } from './fault.ts';

/** Text with a name for messages: a file, `-` or `-e`. */
export type Source = { name: string; text: string };

/** A word with its quotes taken off. */
export type Word = {
  text: string;
  at: Position;
  /** How many leading characters of `text` stood outside quotes: quoted text is never an option or an operator. */
  bare: number;
};

/** The words of one command, and the command as it is written. Never without words. */
export type Line = { words: [Word, ...Word[]]; text: string; at: Position };

/**
 * Cuts a script into commands: `;` and line ends separate, `#` at the start of a word begins a comment. Quotes are those
 * of a shell: '…' takes everything as it is, in "…" a backslash escapes `"` and `\`, outside it escapes any character
 * and joins lines; quoted text may span lines. Never throws: what is wrong goes to `complain`.
 */
export function lex(source: Source, complain: Complain): Line[] {
  const cursor = openCursor(source);
  const lines: Line[] = [];
  while (peek(cursor) !== undefined) {
    const line = readLine(cursor, complain);
    if (line) lines.push(line);
  }
  return lines;
}

const BLANK = /^[\s\uFEFF]$/u;

function readLine(cursor: Cursor, complain: Complain): Line | undefined {
  const words: Word[] = [];
  let from = cursor.index;
  let to = from;
  for (;;) {
    const next = peek(cursor);
    if (next === undefined || next === '\n' || next === ';') break;
    if (BLANK.test(next)) step(cursor);
    else if (next === '#') skipComment(cursor);
    else if (next === '\\' && peek(cursor, 1) === '\n') step(cursor, 2);
    else {
      if (words.length === 0) from = cursor.index;
      words.push(readWord(cursor, complain));
      to = cursor.index;
    }
  }
  step(cursor);
  const [first, ...rest] = words;
  if (!first) return undefined;
  return { words: [first, ...rest], text: cursor.characters.slice(from, to).join(''), at: first.at };
}

function skipComment(cursor: Cursor): void {
  while (peek(cursor) !== undefined && peek(cursor) !== '\n') step(cursor);
}

function readWord(cursor: Cursor, complain: Complain): Word {
  const word: Word = { text: '', at: { ...cursor.at }, bare: 0 };
  let bare = true;
  for (;;) {
    const next = peek(cursor);
    if (next === undefined || next === ';' || BLANK.test(next)) break;
    if (next === '\\' && peek(cursor, 1) === '\n') {
      step(cursor, 2);
    } else if (next === "'" || next === '"' || next === '\\') {
      bare = false;
      word.text += next === '\\' ? readEscape(cursor) : readQuoted(cursor, next, complain);
    } else {
      word.text += step(cursor);
      if (bare) word.bare = word.text.length;
    }
  }
  return word;
}

/** A backslash outside quotes: the next character as it is. At the very end of a script it stands for itself. */
function readEscape(cursor: Cursor): string {
  const backslash = step(cursor);
  return step(cursor) || backslash;
}

function readQuoted(cursor: Cursor, quote: string, complain: Complain): string {
  const at = { ...cursor.at };
  step(cursor);
  let text = '';
  for (;;) {
    const next = peek(cursor);
    if (next === undefined) {
      complain(`this ${quote} is never closed`, at);
      return text;
    }
    if (next === '\\' && quote === '"' && /^["\\]$/.test(peek(cursor, 1) ?? '')) step(cursor);
    else if (next === quote) {
      step(cursor);
      return text;
    }
    text += step(cursor);
  }
}
