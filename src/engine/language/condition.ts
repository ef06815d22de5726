import type { Clause, Condition } from '../command.ts';
import { FACTS, type Fact, findFact } from '../facts.ts';
import type { Complain } from './fault.ts';
import type { Word } from './lex.ts';
import { meant } from './nearest.ts';
import {
  readCount,
  readDuration,
  readFraction,
  readRate,
  writeCount,
  writeDuration,
  writeFraction,
  writeRate,
} from './quantity.ts';
import { quote } from './quote.ts';

const OPERATORS = ['==', '!=', '<', '<=', '>', '>='] as const satisfies readonly Clause['op'][];

type NumberType = Exclude<Fact['type'], 'text'>;

/** How values of each type are read and written, and what is right. */
const NUMBERS: Record<NumberType, { read(t: string): number | undefined; write(n: number): string; is: string }> = {
  count: { read: readCount, write: writeCount, is: 'a count, such as 500 or 10k' },
  fraction: { read: readFraction, write: writeFraction, is: 'a fraction from 0 to 1, such as 0.3 or 30%' },
  duration: { read: readDuration, write: writeDuration, is: 'a duration, such as 250ms or 5s' },
  rate: { read: readRate, write: writeRate, is: 'a rate, such as 500/s' },
};

/** `FACT OP VALUE [and FACT OP VALUE …]` → condition. Complains about every clause that is wrong, then gives undefined. */
export function readCondition(words: readonly Word[], complain: Complain): Condition | undefined {
  const clauses = splitClauses(words.flatMap(splitOperators)).map((part) => readClause(part, complain));
  const read = clauses.filter((clause) => clause !== undefined);
  if (read.length < clauses.length) return undefined;
  return { clauses: read, text: read.map((clause) => clause.text).join(' and ') };
}

/** A condition as text that reads back as the same. */
export function writeCondition({ clauses }: Condition): string {
  return clauses.map((clause) => clause.text).join(' and ');
}

/** A clause as text, from its parts. */
export function writeClause({ fact, op, value }: Omit<Clause, 'text'>): string {
  const type = findFact(fact)?.type;
  const shown = typeof value === 'string' || !type || type === 'text' ? String(value) : writeNumber(type, value);
  return `${quoteOperand(fact)} ${op} ${quoteOperand(shown)}`;
}

function writeNumber(type: NumberType, value: number): string {
  return value < 0 ? `-${NUMBERS[type].write(-value)}` : NUMBERS[type].write(value);
}

/** Operators and `and` inside a name must be quoted, else they would be read as such. */
function quoteOperand(text: string): string {
  const plain = quote(text);
  return plain === text && (/[=<>!]/.test(text) || text === 'and') ? `'${text}'` : plain;
}

/** `lag<5` → `lag`, `<`, `5`, each with its place. Quoted text stays whole. */
function splitOperators(word: Word): Word[] {
  if (word.bare < word.text.length) return [word];
  const pieces = word.text.split(/([=!<>]=?)/).filter((piece) => piece !== '');
  let column = word.at.column;
  return pieces.map((text) => {
    const piece = { text, at: { ...word.at, column }, bare: text.length };
    column += [...text].length;
    return piece;
  });
}

function splitClauses(words: readonly Word[]): Word[][] {
  const clauses: Word[][] = [[]];
  for (const word of words) {
    if (word.text === 'and' && word.bare > 0) clauses.push([word]);
    else clauses.at(-1)?.push(word);
  }
  return clauses;
}

function readClause(words: Word[], complain: Complain): Clause | undefined {
  const parts = words[0]?.text === 'and' && words[0].bare > 0 ? words.slice(1) : words;
  const [name, op, value, extra] = parts;
  const last = words.at(-1);
  if (!name) return void (last && complain('a condition goes on after "and": FACT OP VALUE', last.at));
  const fact = readFact(name, complain);
  if (!op) return void complain(`"${name.text}" needs an operator and a value, such as ${example(fact)}`, name.at);
  const operator = OPERATORS.find((known) => known === op.text && op.bare > 0);
  if (!operator) return void complain(`"${op.text}" is no operator; use ${OPERATORS.join(' ')}`, op.at);
  if (!value) return void complain(`a value is missing after ${op.text}, such as ${example(fact)}`, op.at);
  if (extra) return void complain(`"${extra.text}" is too much; clauses are joined by "and"`, extra.at);
  return fact && typed(fact, operator, value, complain);
}

function readFact(word: Word, complain: Complain): Fact | undefined {
  const fact = findFact(word.text);
  if (fact) return fact;
  const known = word.text.startsWith('since.') ? NAMES.map((name) => `since.${name}`) : NAMES;
  complain(`there is no fact "${word.text}"${meant(word.text, known)}`, word.at);
}

function typed(fact: Fact, op: Clause['op'], word: Word, complain: Complain): Clause | undefined {
  const value = fact.type === 'text' ? readWord(fact, op, word, complain) : readNumber(fact.type, word.text);
  if (value === undefined) {
    if (fact.type !== 'text') complain(`${fact.name} is ${NUMBERS[fact.type].is}, not "${word.text}"`, word.at);
    return undefined;
  }
  return { fact: fact.name, op, value, text: `${quoteOperand(fact.name)} ${op} ${quoteOperand(word.text)}` };
}

/** Differences since a mark can be below 0. */
function readNumber(type: NumberType, text: string): number | undefined {
  const size = NUMBERS[type].read(text.replace(/^-/, ''));
  return size !== undefined && size !== 0 && text.startsWith('-') ? -size : size;
}

function readWord(fact: Fact, op: Clause['op'], word: Word, complain: Complain): string | undefined {
  const words = wordsOf(fact);
  if (op !== '==' && op !== '!=') {
    return void complain(`${fact.name} is a word: compare it with == or !=`, word.at);
  }
  if (words && !words.includes(word.text)) {
    return void complain(
      `${fact.name} is one of ${words.join(', ')}, not "${word.text}"${meant(word.text, words)}`,
      word.at,
    );
  }
  return word.text;
}

function wordsOf(fact: Fact): readonly string[] | undefined {
  const row = FACTS.find(({ name }) => name === fact.name) ?? FACTS.find(({ name }) => head(name) === head(fact.name));
  return row?.words;
}

function head(name: string): string {
  return name.split('.', 1)[0] ?? name;
}

function example(fact: Fact | undefined): string {
  if (!fact) return 'total_orders == 10k';
  if (fact.type === 'text') return `${fact.name} == ${wordsOf(fact)?.at(-1) ?? 'Stable'}`;
  const sample: Record<NumberType, string> = { count: '10k', fraction: '30%', duration: '50ms', rate: '500/s' };
  return `${fact.name} < ${sample[fact.type]}`;
}

/** What can be written as a fact, families with the names they most often take. */
const NAMES: readonly string[] = FACTS.flatMap(({ name }) => {
  if (name.endsWith('.GROUP')) return ['inventory', 'analytics'].map((group) => name.replace('GROUP', group));
  if (name.endsWith('.KIND')) return ['inventory', 'analytics', 'load'].map((kind) => name.replace('KIND', kind));
  return name.endsWith('.FACT') ? [] : [name];
});
