/** What the console needs of `process`. */
export type Program = Pick<NodeJS.Process, 'stdin' | 'stdout' | 'stderr' | 'kill' | 'on' | 'off' | 'exit'>;

/** Gives the terminal away, does something meanwhile, takes it back and draws everything anew. */
export type Lend = (meanwhile: () => Promise<void>) => Promise<void>;

/** Time for a stop signal to arrive, ms; it passes only once the shell has let the program go on. */
const STOPPED_MS = 100;

/** What can be done to the terminal besides drawing. */
export type Terminal = { redraw(): void; suspend(): void; copy(text: string): void };

/** The terminal under the screen. `lend` is known once the screen stands. */
export function createTerminal(program: Program, lend: () => Lend | undefined): Terminal {
  return {
    redraw: () => void lend()?.(async () => undefined),
    suspend: () => void lend()?.(() => stand(program)),
    copy: (text) => void program.stdout.write(`\u001b]52;c;${Buffer.from(text).toString('base64')}\u0007`),
  };
}

/** Stops the whole job, npm and shell wrappers included, as Ctrl+Z does: else the shell would wait for them. */
async function stand(program: Program): Promise<void> {
  program.kill(0, 'SIGTSTP');
  await new Promise((resolve) => setTimeout(resolve, STOPPED_MS));
}
