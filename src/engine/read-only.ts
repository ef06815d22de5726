import { LunchrushError } from '../errors.ts';
import type { Command } from './command.ts';
import { rowOf } from './commands/table.ts';
import type { Pipeline } from './state.ts';

/** What a command changes in the cluster, as a phrase; undefined for one that changes nothing. */
export function writesOf(command: Command): string | undefined {
  const { writes } = rowOf(command.verb);
  return writes && !writes.unless?.(command) ? writes.what : undefined;
}

/** Refuses a command that changes the cluster where the pipeline is only to be read. */
export function refuseWrites({ readOnly }: Pipeline, command: Command): void {
  const what = readOnly ? writesOf(command) : undefined;
  if (what !== undefined) throw onlyReads(`${command.verb} changes ${what}`);
}

/** The refusal itself. `sentence` says what would be changed. */
export function onlyReads(sentence: string): LunchrushError {
  return new LunchrushError('COMMAND_REFUSED', `${sentence}, and this program only reads`, {
    fix: 'start it without --read-only',
  });
}
