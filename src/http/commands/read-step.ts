import type { Row } from '../../engine/commands/row.ts';
import type { Fault } from '../../engine/language/fault.ts';
import { parse, type Step } from '../../engine/language/parse.ts';
import { Refusal } from '../problem.ts';
import { chooseForm } from './choose-form.ts';
import { type Piece, spell } from './spell.ts';

/** A command as it is asked for: its line, or its arguments by name. */
export type CommandBody = Readonly<Record<string, unknown>>;

/**
 * The command of a body. Arguments become the line that a person would have written, and the language reads it: so
 * what is wrong is said here as in a script. Throws a Refusal.
 */
export function readStep(row: Row, body: CommandBody, now: number): Step {
  return body['line'] === undefined ? fromArguments(row, body, now) : fromLine(row, body, now);
}

function fromLine(row: Row, { line, ...strays }: CommandBody, now: number): Step {
  if (typeof line !== 'string') throw wrong('/line', 'the line is not a text');
  const [stray] = Object.keys(strays);
  if (stray !== undefined) throw wrong(`/${stray}`, `a line says it all: "${stray}" is too much beside it`);
  const step = readLine(line, now, (fault) => ({ where: '/line', column: fault.at.column }));
  if (step.command.verb === row.verb) return step;
  throw wrong('/line', `this is the place of ${row.verb}: the line says ${step.command.verb}`);
}

function fromArguments(row: Row, body: CommandBody, now: number): Step {
  const form = chooseForm(row, body);
  const head = [row.verb, ...form.words].join(' ');
  const pieces = spell(form, body, now);
  const line = [head, ...pieces.map(({ text }) => text)].join(' ');
  return readLine(line, now, ({ at }) => ({ where: at.line > 1 ? '' : fieldAt(head, pieces, at.column) }));
}

/** The argument that stands at a column of the line. */
function fieldAt(head: string, pieces: readonly Piece[], column: number): string {
  let end = [...head].length + 1;
  for (const { field, text } of pieces) {
    const from = end + 1;
    end += [...text].length + 1;
    if (column >= from && column < end + 1) return `/${field}`;
  }
  return '';
}

type Place = { where: string; column?: number };

function readLine(text: string, now: number, placeOf: (fault: Fault) => Place): Step {
  const { steps, faults } = parse([{ name: 'line', text }], { now, unattended: true });
  const errors = faults.map((fault) => ({ ...placeOf(fault), detail: fault.sentence }));
  const [first] = errors;
  if (first) throw new Refusal(422, first.detail, { errors });
  const [step, ...more] = steps;
  if (!step || more.length > 0) throw wrong('/line', 'one command at a time');
  return step;
}

function wrong(where: string, detail: string): Refusal {
  return new Refusal(422, detail, { errors: [{ where, detail }] });
}
