import { isDeepStrictEqual } from 'node:util';
import type { Form, Way } from '../../engine/commands/row.ts';
import { quote } from '../../engine/language/quote.ts';
import type { Value } from '../../engine/language/value.ts';
import { Refusal } from '../problem.ts';

/** A piece of a line, and the argument that it is of. */
export type Piece = { field: string; text: string };

/** The arguments of a form as pieces of a line, in the order in which they are written. Throws a Refusal. */
export function spell(form: Form, body: Readonly<Record<string, unknown>>, now: number): Piece[] {
  const pieces = Object.entries(form.fields).flatMap(([field, { ways }]) => {
    const value = body[field];
    if (value === undefined) return [];
    const flag = ways.find((way) => way.as === 'flag' && way.means === value);
    const way = flag ?? ways.find((each) => each.as !== 'flag') ?? ways[0];
    return way ? spellWay(way, value, { field, now }) : [];
  });
  // Words that stand for themselves come before options.
  const isOption = ({ text }: Piece) => text.startsWith('--');
  return [...pieces.filter((piece) => !isOption(piece)), ...pieces.filter(isOption)];
}

type Place = { field: string; now: number };

function spellWay(way: Way<unknown>, value: unknown, place: Place): Piece[] {
  const { field } = place;
  switch (way.as) {
    case 'flag':
      if (value === way.means) return [{ field, text: way.name }];
      if (value === false && way.means === true) return [];
      throw wrong(field, `${way.name}: ${shown(value)} is not true or false`);
    case 'rest':
      return [{ field, text: spellRest(way.rest, value, field) }];
    case 'argument':
      return [{ field, text: quote(textOf(way.value, way.value.name, value, place)) }];
    case 'option':
      return [{ field, text: `${way.name}=${quote(textOf(way.value, way.name, value, place))}` }];
  }
}

type Rest = Extract<Way<unknown>, { as: 'rest' }>['rest'];

/** A condition is words of the language; any other text is one word. */
function spellRest({ name, is }: Rest, value: unknown, field: string): string {
  if (typeof value !== 'string') throw wrong(field, `${name}: ${shown(value)} is not ${is}`);
  return name === 'CONDITION' ? value : quote(value);
}

/** Texts are taken as they would be written in a line; all else is what that value is written as. */
function textOf(kind: Value<unknown>, says: string, value: unknown, { field, now }: Place): string {
  if (typeof value === 'string') return value;
  const text = written(kind, value, now);
  if (text === undefined) throw wrong(field, `${says}: ${shown(value)} is not ${kind.is}`);
  return text;
}

function written(kind: Value<unknown>, value: unknown, now: number): string | undefined {
  try {
    const text = kind.write(value);
    return typeof text === 'string' && isDeepStrictEqual(kind.read(text, now), value) ? text : undefined;
  } catch {
    return undefined; // A value of another kind, which writing does not expect.
  }
}

/** Whether a kind of value can also be given as a number. */
export function isNumeric(kind: Value<unknown>): boolean {
  return written(kind, 1, 0) !== undefined;
}

function shown(value: unknown): string {
  return JSON.stringify(value).slice(0, 100);
}

function wrong(field: string, detail: string): Refusal {
  return new Refusal(422, detail, { errors: [{ where: `/${field}`, detail }] });
}
