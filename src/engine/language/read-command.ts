import type { Command } from '../command.ts';
import type { Form, Row } from '../commands/row.ts';
import { findRow, VERBS } from '../commands/table.ts';
import type { Complain } from './fault.ts';
import type { Line, Word } from './lex.ts';
import { meant, nearest } from './nearest.ts';
import { type Filled, readFields } from './read-fields.ts';
import { sortWords } from './sort-words.ts';

/** How lines are read: `now` (ms) is what relative times count from; unattended is where nobody can be asked. */
export type Circumstances = { now: number; unattended: boolean };

/** The command that a line says, by its row in the command table; undefined after a complaint. */
export function readCommand(line: Line, circumstances: Circumstances, report: Complain): Command | undefined {
  let wrong = false;
  const complain: Complain = (...fault) => {
    wrong = true;
    report(...fault);
  };
  const [verb, ...words] = line.words;
  const row = findRow(verb.text);
  if (!row) return void complain(`there is no command "${verb.text}"${meant(verb.text, VERBS)}`, verb.at);
  const sorted = sortWords(row, words, complain);
  const form = pickForm(row, verb, sorted.plain, complain);
  if (!form) return undefined;
  const plain = sorted.plain.slice(form.words.length);
  const reading = { now: circumstances.now, verb: row.verb, at: verb.at, complain };
  const filled = readFields(form, { ...sorted, plain }, reading);
  if (!wrong) checkFields(form, filled, verb, complain);
  if (wrong) return undefined;
  const command = form.make(filled.values);
  checkCommand(row, command, circumstances, verb, complain);
  return wrong ? undefined : command;
}

/** The form whose literal words follow the verb, else the one without such words. */
function pickForm(row: Row, verb: Word, plain: readonly Word[], complain: Complain): Form | undefined {
  const literal = row.forms.find((form) => form.words.length > 0 && startsWith(plain, form.words));
  if (literal) return literal;
  const general = row.forms.find((form) => form.words.length === 0);
  const first = plain[0];
  const known = row.forms.flatMap((form) => form.words.slice(0, 1));
  // A word near to a literal one is a slip of it, not the start of something else.
  if (general && !(first && nearest(first.text, known))) return general;
  if (!first) return void complain(`${row.verb} needs more: ${known.join(', ')}`, verb.at);
  return void complain(`"${first.text}" does not follow ${row.verb}${meant(first.text, known)}`, first.at);
}

function startsWith(plain: readonly Word[], words: readonly string[]): boolean {
  return words.every((word, i) => plain[i]?.text === word && plain[i]?.bare === word.length);
}

function checkFields(form: Form, { values, places }: Filled, verb: Word, complain: Complain): void {
  const complaint = form.check(values);
  if (complaint) complain(complaint.sentence, places[complaint.field] ?? verb.at);
}

function checkCommand(row: Row, command: Command, { unattended }: Circumstances, verb: Word, complain: Complain): void {
  const missing = unattended ? row.unattended?.(command) : undefined;
  if (missing !== undefined) complain(missing, verb.at);
}
