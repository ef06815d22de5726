import { styleText } from 'node:util';
import type { Level, Result } from './check.ts';
import { many } from './words.ts';

/** How a page is printed. `columns`: wrapped to that width; absent: as long as lines are, for those that read with tools. */
export type Page = { color: boolean; columns?: number; nameWidth: number; ascii: boolean };

/** The word before each line, by which a level is told; colour only adds to it. */
const WORDS: Record<Level, { word: string; color: 'green' | 'yellow' | 'red' | 'gray' }> = {
  ok: { word: 'ok', color: 'green' },
  warn: { word: 'warn', color: 'yellow' },
  fail: { word: 'FAIL', color: 'red' },
  skipped: { word: 'skip', color: 'gray' },
};

const WORD_WIDTH = 4;
/** Narrower texts read worse than lines that are cut by the terminal. */
const LEAST_TEXT = 24;

/** What stands in place of signs that only Unicode has. */
const ASCII: Record<string, string> = { '→': '->', '×': 'x', '±': '+/-' };

/** The line of a check, what it found broken onto more where the page is narrow, and below it what to do. */
export function printResult({ level, name, found, fix }: Result, { color, columns, nameWidth, ascii }: Page): string[] {
  const { word, color: paint } = WORDS[level];
  const shown = color ? styleText(paint, word, { validateStream: false }) : word;
  const indent = WORD_WIDTH + 2 + nameWidth + 2;
  const width = columns === undefined ? Number.POSITIVE_INFINITY : Math.max(LEAST_TEXT, columns - indent);
  const head = `${shown}${' '.repeat(WORD_WIDTH - word.length)}  ${name.padEnd(nameWidth)}  `;
  const [first = '', ...more] = wrap(found, width);
  const advice = fix ? wrap(`→ ${fix}`, width) : [];
  const below = [...more, ...advice.map((line, i) => (i === 0 ? line : `  ${line}`))];
  const lines = [`${head}${first}`.trimEnd(), ...below.map((line) => ' '.repeat(indent) + line)];
  return ascii ? lines.map((line) => line.replaceAll(/[→×±]/g, (sign) => ASCII[sign] ?? sign)) : lines;
}

/** What came of it all, in a line. */
export function printSum(results: readonly Pick<Result, 'level'>[], ms: number): string {
  const count = (level: Level) => results.filter((each) => each.level === level).length;
  const parts = [
    `${count('ok')} ok`,
    ...(count('warn') > 0 ? [many(count('warn'), 'warning')] : []),
    ...(count('fail') > 0 ? [`${count('fail')} failed`] : []),
    ...(count('skipped') > 0 ? [`${count('skipped')} skipped`] : []),
  ];
  return `${parts.join(', ')}, in ${(ms / 1_000).toFixed(1)} s`;
}

/** Breaks a text between words; a word that is longer than a line stays whole, so that it can be copied. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
