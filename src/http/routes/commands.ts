import { z } from 'zod';
import type { Row } from '../../engine/commands/row.ts';
import { ROWS } from '../../engine/commands/table.ts';
import { bodySchema } from '../commands/body-schema.ts';
import { readStep } from '../commands/read-step.ts';
import { post, type Route } from '../route.ts';

/** Verbs that mean nothing here: what ends a script does not end a service. */
const LEFT_OUT: readonly string[] = ['quit'];

const result = z
  .object({
    verb: z.string(),
    line: z.string().meta({ description: 'the command as it would be written' }),
    data: z.unknown().meta({ description: 'the answer, for programs; of wait and expect: whether it holds' }),
    text: z.array(z.string()).meta({ description: 'the answer in lines, for people' }),
  })
  .meta({ id: 'Result' });

/** Verbs that can be asked for here. */
export const VERBS: readonly string[] = ROWS.map(({ verb }) => verb).filter((verb) => !LEFT_OUT.includes(verb));

/** Every command of the table, with the validation and the sentences of script and palette. */
export const commands: readonly Route[] = ROWS.filter(({ verb }) => VERBS.includes(verb)).map(commandRoute);

function commandRoute(row: Row): Route {
  return post(`/commands/${row.verb}`, {
    summary: row.summary,
    about:
      `Ends when: ${row.ends}. As a line: ${row.examples.map((line) => `\`${line}\``).join(', ')}. ` +
      'A client that goes before breaks it off.',
    body: z.looseObject({}),
    documented: bodySchema(row),
    bodyLimit: 64 * 1024,
    told: { 200: { says: 'it has ended', schema: result } },
    problems: [409, 502, 503, 504],
    async handle({ within, body, gone }) {
      const step = readStep(row, body, within.clock.now());
      const engine = within.engine();
      const leave = within.commands.enter();
      try {
        const { data, text } = await engine.dispatch(step.command, { signal: gone(), text: step.text });
        return { body: { verb: row.verb, line: step.text, data, text } };
      } finally {
        leave();
      }
    },
  });
}
