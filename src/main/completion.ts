import { PAGES } from '../engine/commands/rows/help.ts';
import { VERBS } from '../engine/commands/table.ts';
import { readDuration, readFraction } from '../engine/language/quantity.ts';
import { completionScript, type Options } from '../options.ts';

/** Prints what makes a shell complete the words and options of lunchrush. */
export function printCompletion({ shell }: Extract<Options, { mode: 'completion' }>): number {
  const quantities = { fraction: readFraction, duration: readDuration };
  process.stdout.write(completionScript(shell, quantities, [...VERBS, ...PAGES]));
  return 0;
}
