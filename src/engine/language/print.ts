import type { Command } from '../command.ts';
import type { Field, Form, Values, Way } from '../commands/row.ts';
import { rowOf } from '../commands/table.ts';
import { quote } from './quote.ts';

/** A command as the line that says it; what equals its default is left out. `parse` reads it back as the same command. */
export function printCommand(command: Command): string {
  const row = rowOf(command.verb);
  for (const form of row.forms) {
    const values = form.take(command);
    if (values) return [row.verb, ...form.words, ...printFields(form, values)].join(' ');
  }
  throw new Error(`no form of ${row.verb} takes ${JSON.stringify(command)}`);
}

function printFields(form: Form, values: Values): string[] {
  const printed = Object.entries(form.fields).map(([name, field]) => printField(field, values[name]));
  const named = printed.filter(({ named }) => named);
  const plain = printed.filter(({ named }) => !named);
  return [...plain, ...named].map(({ text }) => text).filter((text) => text !== '');
}

/** Words that stand for themselves come before options. */
function printField(field: Field<unknown>, value: unknown): { named: boolean; text: string } {
  const way =
    field.ways.find((candidate) => candidate.as === 'flag' && candidate.means === value) ??
    field.ways.find((candidate) => candidate.as !== 'flag');
  const named = way?.as === 'option' || way?.as === 'flag';
  const text = value === undefined || !way ? '' : printWay(way, value);
  const fallback = field.fallback !== undefined && way ? printWay(way, field.fallback) : undefined;
  return { named, text: text === fallback ? '' : text };
}

function printWay(way: Way<unknown>, value: unknown): string {
  switch (way.as) {
    case 'argument':
      return quote(way.value.write(value));
    case 'rest':
      return way.rest.write(value);
    case 'option':
      return `${way.name}=${quote(way.value.write(value))}`;
    case 'flag':
      return way.means === value ? way.name : '';
  }
}
