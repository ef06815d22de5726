import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/engine/command.ts';
import { ROWS } from '../../src/engine/commands/table.ts';
import { parse } from '../../src/engine/language/parse.ts';
import { writesOf } from '../../src/engine/read-only.ts';
import { createEventStore } from '../../src/engine/store.ts';
import { createFakeClock } from './fake-clock.ts';
import { PIPELINE } from './fake-cluster.ts';
import { createFakeEngine } from './fake-hall.ts';

/** An engine that is only to read. */
function reader() {
  const events = createEventStore({ pipeline: { ...PIPELINE, readOnly: true }, clock: createFakeClock() });
  return createFakeEngine({ events });
}

const commandOf = (line: string): Command => {
  const [first] = parse([{ name: 'test', text: line }], { now: 0, unattended: true }).steps;
  if (!first) throw new Error(line);
  return first.command;
};

describe('a pipeline that is only read', () => {
  test.each([
    'produce',
    'load 10k',
    'workers inventory 3',
    'dead-letters resubmit',
    'replay analytics --yes',
    'reset-offsets billing --to end --yes',
    'broker kill',
  ])('%s is refused with a sentence, and nothing is asked of anybody', async (line) => {
    const { engine, supervisor } = reader();
    await expect(engine.dispatch(commandOf(line))).rejects.toMatchObject({
      code: 'COMMAND_REFUSED',
      message: expect.stringMatching(/ changes [\w ]+, and this program only reads$/),
      fix: 'start it without --read-only',
    });
    expect(supervisor.told).toEqual([]);
  });

  test('an order that comes another way is refused as well', async () => {
    await expect(reader().engine.place({})).rejects.toMatchObject({ code: 'COMMAND_REFUSED' });
  });

  test.each(['workers', 'dead-letters list', 'replay analytics --preview', 'pause analytics', 'lag', 'say hello'])(
    '%s changes nothing of the cluster',
    (line) => {
      expect(writesOf(commandOf(line))).toBeUndefined();
    },
  );

  test('help says of every verb that writes that it is refused', async () => {
    const { engine } = reader();
    for (const { verb, writes } of ROWS) {
      const { text } = await engine.dispatch({ verb: 'help', topic: verb });
      expect(text.some((line) => line.includes('refused with --read-only'))).toBe(writes !== undefined);
    }
  });
});
