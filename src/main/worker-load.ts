import type { Clock } from '../engine/clock.ts';
import { planOf } from '../engine/commands/load.ts';
import { printFault } from '../engine/language/fault.ts';
import { parse } from '../engine/language/parse.ts';
import { LunchrushError } from '../errors.ts';
import type { LoadPlan } from '../workers/messages.ts';

/** The plan that the text of a `load` command asks for, such as `100k --rate 500/s`. Throws SCRIPT_WRONG. */
export function readLoad(text: string, clock: Clock): LoadPlan {
  const source = { name: 'worker load', text: `load ${text}` };
  const { steps, faults } = parse([source], { now: clock.now(), unattended: true });
  const [fault] = faults;
  if (fault) throw wrong(printFault(fault));
  const command = steps[0]?.command;
  if (command?.verb !== 'load' || steps.length > 1) throw wrong(`"${text}" is more than one load test`);
  if (command.background) throw wrong('--background goes with scripts: a worker is in the way of no other command');
  return planOf({ clock, random: Math.random }, command);
}

function wrong(sentence: string): LunchrushError {
  return new LunchrushError('SCRIPT_WRONG', sentence, { fix: 'see lunchrush help load' });
}
