import { name, named, type Value } from '../../language/value.ts';
import { argument, optional } from '../field.ts';
import { type CommandOf, form, type Row } from '../row.ts';

/** What `help` knows besides verbs. */
export const PAGES = ['facts', 'events'] as const;

/** The row of `help`, which knows the verbs of all rows. */
export function helpOn(verbs: readonly string[]): Row {
  const topics = [...verbs, ...PAGES];
  const topic: Value<string> = {
    ...named('TOPIC', name),
    is: 'a verb, facts or events',
    choices: topics,
    read: (word) => topics.find((known) => known === word),
  };
  return {
    verb: 'help',
    summary: 'prints the commands, one of them in full, the facts or the events',
    ends: 'at once',
    examples: ['help', 'help load', 'help facts', 'help events'],
    forms: [form<CommandOf<'help'>, 'verb'>({ verb: 'help' }, { topic: optional(argument(topic, 'what about')) })],
  };
}
