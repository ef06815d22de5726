import { nearest } from '../../src/engine/language/nearest.ts';
import { readDuration, readFraction } from '../../src/engine/language/quantity.ts';
import { LunchrushError } from '../../src/errors.ts';
import { type Options, readOptions } from '../../src/options.ts';

/** What options are read from besides the command line; nothing of the machine. */
export type From = { env?: Record<string, string>; cwd?: string };

/** Reads options as the program does. */
export function read(argv: readonly string[], { env = {}, cwd = '/nowhere' }: From = {}): Options {
  const quantities = { fraction: readFraction, duration: readDuration };
  return readOptions({ argv, env, cwd, version: '1.2.3', quantities, nearest });
}

/** The sentence and the advice that a command line is refused with; undefined where it is taken. */
export function refusal(argv: readonly string[], from: From = {}): string | undefined {
  try {
    read(argv, from);
    return undefined;
  } catch (error) {
    if (error instanceof LunchrushError && error.code === 'OPTIONS_WRONG') return `${error.message} (${error.fix})`;
    throw error;
  }
}

/** The text that is shown instead of running anything. */
export function shown(argv: readonly string[]): string {
  const options = read(argv);
  if (options.mode !== 'shown') throw new Error(`${argv.join(' ')} shows nothing`);
  return options.text;
}
