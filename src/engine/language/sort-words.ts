import type { Row, Way } from '../commands/row.ts';
import type { Complain } from './fault.ts';
import type { Word } from './lex.ts';
import { meant } from './nearest.ts';

type Named = Extract<Way<unknown>, { as: 'option' | 'flag' }>;

/** An option as it was written; flags have no value. */
export type Given = { name: string; word: Word; value?: Word };

/** The words after the verb: those that stand for themselves, and the options between them. */
export type Sorted = {
  plain: Word[];
  options: Given[];
  /** An unknown option may have left its value among the plain words. */
  unsure: boolean;
};

/** Tells options from other words. After a bare `--` nothing is an option any more. */
export function sortWords(row: Row, words: readonly Word[], complain: Complain): Sorted {
  const sorted: Sorted = { plain: [], options: [], unsure: false };
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as Word;
    if (!isOption(word)) sorted.plain.push(word);
    else if (word.text === '--') {
      sorted.plain.push(...words.slice(i + 1));
      break;
    } else if (takeOption(row, word, words[i + 1], sorted, complain)) i++;
  }
  return sorted;
}

/** The options and flags of every form of a row. */
export function namedWays(row: Row): Named[] {
  const ways = row.forms.flatMap((form) => Object.values(form.fields).flatMap((field) => field.ways));
  return ways.filter((way) => way.as === 'option' || way.as === 'flag');
}

function isOption(word: Word): boolean {
  return word.text.startsWith('--') && word.bare >= 2;
}

/** Takes one option in and says whether its value was the next word. */
function takeOption(row: Row, word: Word, next: Word | undefined, sorted: Sorted, complain: Complain): boolean {
  const equals = word.text.indexOf('=');
  const name = equals < 0 ? word.text : word.text.slice(0, equals);
  const ways = namedWays(row);
  const way = ways.find((candidate) => candidate.name === name);
  if (!way) {
    const known = ways.map((candidate) => candidate.name);
    sorted.unsure = true;
    complain(`${row.verb} has no option ${name}${meant(name, known)}`, word.at);
    return false;
  }
  if (sorted.options.some((given) => given.name === name)) complain(`${name} is given twice`, word.at);
  if (way.as === 'flag') {
    if (equals >= 0) complain(`${name} takes no value`, word.at);
    else sorted.options.push({ name, word });
    return false;
  }
  if (equals >= 0) {
    sorted.options.push({ name, word, value: valueAfter(word, equals) });
    return false;
  }
  if (!next || isOption(next)) {
    complain(`${name} needs ${way.value.is}`, word.at);
    return false;
  }
  sorted.options.push({ name, word, value: next });
  return true;
}

function valueAfter(word: Word, equals: number): Word {
  const column = word.at.column + [...word.text.slice(0, equals)].length + 1;
  return { text: word.text.slice(equals + 1), at: { ...word.at, column }, bare: Math.max(0, word.bare - equals - 1) };
}
