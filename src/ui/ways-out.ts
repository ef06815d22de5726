import type { Instance } from 'ink';
import type { Program } from './terminal.ts';

/** How the console was left: the exit code, and what went wrong if anything did. */
export type Leaving = { exit: number; error?: unknown };

/** Exit codes as shells have them: 128 and the number of the signal. */
const EXITS = { SIGINT: 130, SIGHUP: 129, SIGTERM: 143 } as const;

/** A fault of ours, as in the table of errors. */
const FAULT = 70;

/** Every way out of the console. The first that is taken counts. */
export type WaysOut = {
  quit(): void;
  interrupt(): void;
  fail(error: unknown): void;
  /** Leaves that screen when a way out is taken; resolves when the terminal is as it was. */
  leave(app: Pick<Instance, 'unmount' | 'waitUntilExit'>): Promise<Leaving>;
};

/**
 * Hears signals and errors that nobody caught, beside the keys. The first leaves; a further one, while things are being
 * closed, ends the process at once.
 */
export function createWaysOut(program: Program): WaysOut {
  let taken: Leaving | undefined;
  let tell: (leaving: Leaving) => void = () => undefined;
  const way = new Promise<Leaving>((resolve) => {
    tell = resolve;
  });
  const take = (leaving: Leaving, isImpatient = false) => {
    if (taken && isImpatient) return void program.exit(leaving.exit);
    taken ??= leaving;
    tell(taken);
  };
  for (const signal of ['SIGINT', 'SIGHUP', 'SIGTERM'] as const) {
    program.on(signal, () => take({ exit: EXITS[signal] }, true));
  }
  program.on('uncaughtException', (error) => take({ exit: FAULT, error }, true));
  program.on('unhandledRejection', (error) => take({ exit: FAULT, error }, true));
  // A terminal that is gone cannot be written to; the signal that says so follows.
  program.stdout.on('error', () => undefined);
  return {
    quit: () => take({ exit: 0 }),
    interrupt: () => take({ exit: EXITS.SIGINT }, true),
    fail: (error) => take({ exit: FAULT, error }),
    async leave(app) {
      // A component that throws ends the screen by itself.
      const broken = app.waitUntilExit().then(
        () => undefined,
        (error: unknown) => take({ exit: FAULT, error }),
      );
      const leaving = await way;
      app.unmount();
      await broken;
      return leaving;
    },
  };
}
