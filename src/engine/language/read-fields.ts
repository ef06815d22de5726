import type { Field, Form, Places, Rest, Values, Way } from '../commands/row.ts';
import type { Complain, Position } from './fault.ts';
import type { Word } from './lex.ts';
import { meant } from './nearest.ts';
import type { Given, Sorted } from './sort-words.ts';
import type { Value } from './value.ts';

/** What fields are read from, and where complaints about what is missing point to. */
export type Reading = { now: number; verb: string; at: Position; complain: Complain };

/** What was read: values by field, and where each was written. */
export type Filled = { values: Values; places: Places };

/** Reads the fields of a form from words that have been sorted. The literal words of the form are already taken off. */
export function readFields(form: Form, sorted: Sorted, reading: Reading): Filled {
  const values: Record<string, unknown> = {};
  const places: Record<string, Position> = {};
  const plain = [...sorted.plain];
  for (const [name, field] of Object.entries(form.fields)) {
    const found = field.ways.flatMap((way) => findWritten(way, plain, sorted.options));
    const [first, second] = found;
    if (second) reading.complain(`${first?.says} and ${second.says} exclude each other`, second.at);
    const value = first ? first.read(reading) : unwritten(field, reading);
    if (value !== undefined) values[name] = value;
    if (first) places[name] = first.at;
  }
  const extra = plain[0];
  if (extra && !sorted.unsure) reading.complain(`"${extra.text}" is too much for ${reading.verb}`, extra.at);
  for (const given of sorted.options) complainOfStray(form, given, reading);
  return { values, places };
}

type Written = { says: string; at: Position; read(reading: Reading): unknown };

/** How a field was written, if it was in this way; arguments are taken off `plain`. */
function findWritten(way: Way<unknown>, plain: Word[], options: readonly Given[]): Written[] {
  if (way.as === 'argument') {
    const word = plain.shift();
    return word ? [written(way.value, way.value.name, word)] : [];
  }
  if (way.as === 'rest') {
    const words = plain.splice(0);
    const at = words[0]?.at;
    return at ? [{ says: way.rest.name, at, read: ({ complain }) => way.rest.read(words, complain) }] : [];
  }
  const given = options.find((option) => option.name === way.name);
  if (!given) return [];
  if (way.as === 'option' && given.value) return [written(way.value, way.name, given.value)];
  return way.as === 'flag' ? [{ says: way.name, at: given.word.at, read: () => way.means }] : [];
}

function written(value: Value<unknown>, says: string, word: Word): Written {
  const read = ({ now, complain }: Reading) => {
    const got = value.read(word.text, now);
    if (got === undefined) {
      complain(`${says}: "${word.text}" is not ${value.is}${meant(word.text, value.choices ?? [])}`, word.at);
    }
    return got;
  };
  return { says, at: word.at, read };
}

function unwritten(field: Field<unknown>, { verb, at, complain }: Reading): unknown {
  const way = field.ways[0];
  if (field.needed && way) complain(`${verb} needs ${describe(way)}`, at);
  return field.fallback;
}

function describe(way: Way<unknown>): string {
  if (way.as === 'option' || way.as === 'flag') return way.name;
  const { name, is }: Value<unknown> | Rest<unknown> = way.as === 'argument' ? way.value : way.rest;
  return `${name}: ${is}`;
}

/** An option that another form of the same verb has, and this one not. */
function complainOfStray(form: Form, given: Given, { verb, complain }: Reading): void {
  const ways = Object.values(form.fields).flatMap((field) => field.ways);
  if (ways.some((way) => 'name' in way && way.name === given.name)) return;
  complain(`${given.name} does not go with "${[verb, ...form.words].join(' ')}" as it is written here`, given.word.at);
}
