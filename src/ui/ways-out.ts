import type { Program } from './terminal.ts';

/** How the console was left: the exit code, and what went wrong if anything did. */
export type Leaving = { exit: number; error?: unknown };

/** Exit codes as shells have them: 128 and the number of the signal. */
export const EXITS = { SIGINT: 130, SIGHUP: 129, SIGTERM: 143 } as const;

/**
 * Hears every way out but the keys: signals, and errors that nobody caught. The first leaves; a further signal, while
 * things are being closed, ends the process at once.
 */
export function watchWaysOut(program: Program, leave: (leaving: Leaving) => boolean): void {
  for (const signal of ['SIGINT', 'SIGHUP', 'SIGTERM'] as const) {
    const exit = EXITS[signal];
    program.on(signal, () => void (leave({ exit }) || program.exit(exit)));
  }
  const fault = (error: unknown) => void (leave({ exit: 70, error }) || program.exit(70));
  program.on('uncaughtException', fault);
  program.on('unhandledRejection', fault);
  // A terminal that is gone cannot be written to; the signal that says so follows.
  program.stdout.on('error', () => undefined);
}
