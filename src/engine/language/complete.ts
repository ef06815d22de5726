import type { Row, Way } from '../commands/row.ts';
import { findRow, ROWS } from '../commands/table.ts';
import { usageOfWay } from '../commands/usage.ts';
import { FACTS, WORKER_KINDS } from '../fact-rows.ts';
import { type Line, lex } from './lex.ts';
import { quote } from './quote.ts';
import { namedWays } from './sort-words.ts';

/** Something that can stand where the line ends, and what it means. */
export type Candidate = { text: string; help: string };

/** What can follow a line that is being written. */
export type Completion = {
  /** Words that begin with the one being written, the whole word each. */
  candidates: readonly Candidate[];
  /** The line, its last word written as far as all candidates agree. */
  common: string;
};

/** Names that only the running pipeline knows, by the name of the value: `WORKER`, `GROUP`, `ORDER_ID`. */
export type Known = Readonly<Partial<Record<string, readonly string[]>>>;

/** Completes the last word of the last command of a line, by the command table. Never throws. */
export function complete(line: string, known: Known = {}): Completion {
  const { words, last } = cutOff(line);
  const [verb] = words;
  const row = verb === undefined ? undefined : findRow(verb);
  const all = verb === undefined ? verbs() : row ? following(row, words.slice(1), last, known) : [];
  const candidates = unique(all.filter(({ text }) => text.startsWith(last)));
  return { candidates, common: line.slice(0, line.length - last.length) + agreed(candidates, last) };
}

function verbs(): Candidate[] {
  return ROWS.map(({ verb, summary }) => ({ text: verb, help: summary }));
}

/** The words of the last command but the one being written, which is empty after a blank. */
function cutOff(line: string): { words: string[]; last: string } {
  const lines = lex({ name: '', text: line }, () => undefined);
  const current: Line | undefined = /[;\n]\s*$/.test(line) ? undefined : lines.at(-1);
  const words = current?.words.map(({ text }) => text) ?? [];
  if (words.length === 0 || /\s$/.test(line)) return { words, last: '' };
  return { words: words.slice(0, -1), last: /[^\s;]*$/.exec(line)?.[0] ?? '' };
}

function following(row: Row, before: readonly string[], last: string, known: Known): Candidate[] {
  const ways = namedWays(row);
  const open = ways.find((way) => way.name === before.at(-1));
  if (open?.as === 'option') return values(open, known);
  const assigned = ways.find((way) => last.startsWith(`${way.name}=`));
  if (assigned?.as === 'option') {
    return values(assigned, known).map(({ text, help }) => ({ text: `${assigned.name}=${text}`, help }));
  }
  const options = ways
    .filter((way) => !before.includes(way.name))
    .map((way) => ({ text: way.name, help: way.help }) satisfies Candidate);
  return [...plain(row, plainWords(row, before), known), ...options];
}

/** The words that are neither options nor their values. */
function plainWords(row: Row, before: readonly string[]): string[] {
  const valued = new Set(namedWays(row).flatMap((way) => (way.as === 'option' ? [way.name as string] : [])));
  return before.filter((word, i) => !word.startsWith('--') && !valued.has(before[i - 1] ?? ''));
}

/** What can stand at this place by itself: a form's literal word, an argument's choices, the facts of a condition. */
function plain(row: Row, before: readonly string[], known: Known): Candidate[] {
  return row.forms.flatMap((form) => {
    if (before.some((word, i) => i < form.words.length && word !== form.words[i])) return [];
    const literal = form.words[before.length];
    if (literal !== undefined) return [{ text: literal, help: '' }];
    const arguments_ = Object.values(form.fields)
      .flatMap((field) => field.ways)
      .filter((way) => way.as === 'argument' || way.as === 'rest');
    const at = before.length - form.words.length;
    const way = arguments_[at] ?? arguments_.find((candidate) => candidate.as === 'rest');
    return way ? values(way, known) : [];
  });
}

function values(way: Way<unknown>, known: Known): Candidate[] {
  if (way.as === 'rest') return way.rest.name === 'CONDITION' ? facts(known) : [];
  if (way.as === 'flag') return [];
  const choices = [...(way.value.choices ?? []), ...(known[way.value.name] ?? []).map(quote)];
  return choices.map((text) => ({ text, help: choices.length > 1 ? '' : usageOfWay(way) }));
}

/** Facts by name; a family such as `lag.GROUP` for each of its members that is known. */
function facts(known: Known): Candidate[] {
  const names: Known = { KIND: WORKER_KINDS, ...known };
  return FACTS.flatMap(({ name, help }) => {
    const [, base, member] = /^(.*\.)([A-Z]+)$/.exec(name) ?? [];
    if (base === undefined || member === undefined) return [{ text: name, help }];
    return (names[member] ?? []).map((each) => ({ text: `${base}${each}`, help }));
  });
}

function unique(candidates: readonly Candidate[]): Candidate[] {
  return candidates.filter(({ text }, i) => candidates.findIndex((other) => other.text === text) === i);
}

/** What all candidates begin with; the only one is followed by a blank, so that the next word can be written. */
function agreed(candidates: readonly Candidate[], last: string): string {
  const [first, ...rest] = candidates.map(({ text }) => text);
  if (first === undefined) return last;
  if (rest.length === 0) return first.endsWith('=') ? first : `${first} `;
  let length = first.length;
  while (rest.some((text) => !text.startsWith(first.slice(0, length)))) length--;
  return first.slice(0, length);
}
