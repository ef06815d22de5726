import chalk, { Chalk } from 'chalk';
import type { Tone } from './types.ts';

type Paint = (text: string) => string;

// Which escapes are used is said by this table alone: what the environment says was read with the options.
const ansi = new Chalk({ level: 1 });
chalk.level = 1;

/** The sixteen colours as the terminal has them, so that light and dark both stay readable. */
const COLORS: Record<Tone, Paint> = {
  focus: ansi.bold.cyan,
  good: ansi.green,
  work: ansi.yellow,
  bad: ansi.bold.red,
  mark: ansi.magenta,
  dim: ansi.dim,
  bold: ansi.bold,
};

const same: Paint = (text) => text;

/** Weight alone, for terminals and people that want no colour. */
const PLAIN: Record<Tone, Paint> = {
  focus: ansi.bold,
  good: same,
  work: same,
  bad: ansi.bold,
  mark: same,
  dim: ansi.dim,
  bold: ansi.bold,
};

/** A text in its tone, as ready escapes. */
export function toned(text: string, tone: Tone | undefined, color: boolean): string {
  return tone === undefined || text === '' ? text : (color ? COLORS : PLAIN)[tone](text);
}
