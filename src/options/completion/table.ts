import { FLAGS } from '../flags.ts';
import { PROGRAMS, type Program } from '../programs.ts';
import type { SettingRows } from '../settings.ts';

/** What may be typed behind an option: any text, a path, or one of a few words. */
export type Takes = 'text' | 'file' | 'folder' | readonly string[];

/** An option as a shell completes it; without `takes` nothing follows it. */
export type CompletedOption = { name: string; help: string; takes?: Takes };

/** A word as a shell completes it. */
export type CompletedWord = { name: string; help: string };

/** What may follow the words of a program. */
export type CompletedProgram = { words: string; next: CompletedWord[]; options: CompletedOption[] };

const HELP: CompletedOption = { name: '--help', help: 'print this' };
const VERSION: CompletedOption = { name: '--version', help: 'print the version' };

/** Every program with what may follow it. @param topics of the manual, behind `help` */
export function completed(rows: SettingRows, topics: readonly string[]): CompletedProgram[] {
  return Object.values(PROGRAMS).map((program) => ({
    words: program.words,
    next: [...childrenOf(program), ...choicesOf(program, topics)],
    options: [...optionsOf(program, rows), HELP, ...(program.words === '' ? [VERSION] : [])],
  }));
}

function childrenOf({ words }: Program): CompletedWord[] {
  const depth = words === '' ? 1 : words.split(' ').length + 1;
  return Object.values(PROGRAMS)
    .filter((one) => one.words !== '' && one.words.startsWith(words) && one.words.split(' ').length === depth)
    .map((one) => ({ name: one.words.split(' ').at(-1) ?? '', help: one.summary }));
}

function choicesOf({ words, argument }: Program, topics: readonly string[]): CompletedWord[] {
  const choices = words === 'help' ? topics : (argument?.choices ?? []);
  return choices.map((name) => ({ name, help: '' }));
}

function optionsOf({ settings, flags }: Program, rows: SettingRows): CompletedOption[] {
  const said = flags.map((name): CompletedOption => {
    const { option, value, help, completes = 'text' } = FLAGS[name];
    return { name: option, help, ...(value ? { takes: completes } : {}) };
  });
  const set = settings.flatMap((name): CompletedOption[] => {
    const { option, value, help, completes = 'text' } = rows[name];
    return option === undefined ? [] : [{ name: option, help, ...(value ? { takes: completes } : {}) }];
  });
  return [...said, ...set];
}

/** Options of any program behind which a value stands: a shell skips those values when it looks for words. */
export function valued(programs: readonly CompletedProgram[]): CompletedOption[] {
  const all = programs.flatMap(({ options }) => options).filter(({ takes }) => takes !== undefined);
  return [...new Map(all.map((option) => [option.name, option])).values()];
}
