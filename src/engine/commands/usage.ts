import type { Field, Form, Row, Way } from './row.ts';

/** The forms of a row as usage lines: `fail-rate FRACTION`, `load [COUNT] [--rate RATE] …`. */
export function usageOf(row: Row): string[] {
  return row.forms.map((form) => [row.verb, ...form.words, ...Object.values(form.fields).map(usageOfField)].join(' '));
}

function usageOfField(field: Field<unknown>): string {
  const ways = field.ways.map(usageOfWay).join(' | ');
  return field.needed ? ways : `[${ways}]`;
}

/** How one way is written: `COUNT`, `stop|start|kill`, `--rate RATE`, `--yes`. */
export function usageOfWay(way: Way<unknown>): string {
  switch (way.as) {
    case 'argument':
      return way.value.name === 'ACTION' ? (way.value.choices ?? []).join('|') : way.value.name;
    case 'rest':
      return way.rest.name;
    case 'option':
      return `${way.name} ${way.value.name}`;
    case 'flag':
      return way.name;
  }
}

/** What can be written in the forms of a row, each with its meaning and, where there is one, what holds without it. */
export type Part = { usage: string; is: string; help: string; fallback: string };

/** The arguments and options of a row, each once. */
export function partsOf(row: Row): Part[] {
  const fields = row.forms.flatMap((form: Form) => Object.values(form.fields));
  const parts = fields.flatMap((field) => field.ways.map((way) => partOf(field, way)));
  return parts.filter((part, i) => parts.findIndex(({ usage }) => usage === part.usage) === i);
}

function partOf(field: Field<unknown>, way: Way<unknown>): Part {
  const value = way.as === 'argument' || way.as === 'option' ? way.value : undefined;
  const is = value?.is ?? (way.as === 'rest' ? way.rest.is : '');
  const fallback = value && field.fallback !== undefined ? value.write(field.fallback) : '';
  return { usage: usageOfWay(way), is, help: way.help, fallback };
}
