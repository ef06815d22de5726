import type { Form, Row } from '../../engine/commands/row.ts';
import { meant } from '../../engine/language/nearest.ts';
import { Refusal } from '../problem.ts';

type Body = Readonly<Record<string, unknown>>;

/** The form of a command that these arguments are of. Throws a Refusal where there is none. */
export function chooseForm(row: Row, body: Body): Form {
  const fitting = row.forms.filter((form) => knowsAll(form, body) && !contradicts(form, body));
  const said = fitting.find((form) => Object.keys(form.fixed).every((name) => name in body));
  // What says its form by an argument that only it has need not say it twice.
  const found = said ?? fitting.find((form) => Object.keys(body).some((name) => name in form.fields));
  if (found) return found;
  throw complaint(row, body);
}

function knowsAll({ fields, fixed }: Form, body: Body): boolean {
  return Object.keys(body).every((name) => Object.hasOwn(fields, name) || Object.hasOwn(fixed, name));
}

function contradicts({ fields, fixed }: Form, body: Body): boolean {
  return Object.entries(fixed).some(([name, value]) => !(name in fields) && name in body && body[name] !== value);
}

function complaint(row: Row, body: Body): Refusal {
  const known = row.forms.flatMap(({ fields, fixed }) => [...Object.keys(fixed), ...Object.keys(fields)]);
  const strays = Object.keys(body).filter((name) => !known.includes(name));
  const errors = strays.map((name) => ({
    where: `/${name}`,
    detail: `${row.verb} has no argument "${name}"${meant(name, known)}`,
  }));
  const [first] = errors;
  if (first) return new Refusal(422, first.detail, { errors });
  const ways = row.forms.map(({ fixed }) => JSON.stringify(fixed)).filter((text) => text !== '{}');
  const detail = `${row.verb} needs more: ${ways.join(', ')}`;
  return new Refusal(422, detail, { errors: [{ where: '', detail }] });
}
