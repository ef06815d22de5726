import { z } from 'zod';
import type { Field, Form, Row, Way } from '../../engine/commands/row.ts';
import { isNumeric } from './spell.ts';

const line = z
  .strictObject({ line: z.string().meta({ description: 'the command as in a script' }) })
  .meta({ title: 'a line' });

/** What a command's body can be, by its row: the line, or the arguments of one of its forms. */
export function bodySchema(row: Row): z.ZodType {
  return z.union([line, ...row.forms.map(formSchema)]);
}

function formSchema({ fields, fixed, words }: Form): z.ZodType {
  const constants = Object.entries(fixed).map(([name, value]) => [name, z.literal(String(value)).optional()]);
  const given = Object.entries(fields).map(([name, field]) => [name, fieldSchema(field)]);
  const title = words.length > 0 ? words.join(' ') : 'arguments';
  return z.strictObject(Object.fromEntries([...constants, ...given])).meta({ title });
}

function fieldSchema({ ways, needed, fallback }: Field<unknown>): z.ZodType {
  const kinds = [...new Set(ways.flatMap(kindsOf))];
  const [first = 'string', ...rest] = kinds;
  const schema = rest.length === 0 ? KINDS[first]() : z.union([first, ...rest].map((kind) => KINDS[kind]()));
  const usual = fallback === undefined ? '' : `; ${JSON.stringify(fallback)} where nothing is said`;
  const description = `${[...new Set(ways.map(describe))].join('; ')}${usual}`;
  const examples = ways.flatMap((way) => ('value' in way ? (way.value.choices ?? []) : []));
  const described = schema.meta({ description, ...(examples.length > 0 ? { examples } : {}) });
  return needed ? described : described.optional();
}

type Kind = 'string' | 'number' | 'boolean' | 'null' | 'items';

const KINDS: Record<Kind, () => z.ZodType> = {
  string: () => z.string(),
  number: () => z.number(),
  boolean: () => z.boolean(),
  null: () => z.null(),
  items: () => z.array(z.strictObject({ sku: z.string(), qty: z.int() })),
};

function kindsOf(way: Way<unknown>): Kind[] {
  if (way.as === 'flag') return way.means === null ? ['null'] : ['boolean'];
  if (way.as === 'rest') return ['string'];
  if (isNumeric(way.value)) return ['string', 'number'];
  return way.value.name.startsWith('SKU') ? ['string', 'items'] : ['string'];
}

function describe(way: Way<unknown>): string {
  if (way.as === 'flag') return way.help;
  return `${(way.as === 'rest' ? way.rest : way.value).is}: ${way.help}`;
}
