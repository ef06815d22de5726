import type { Output } from './output.ts';

/** What the console needs of `process`. */
export type Program = Pick<NodeJS.Process, 'stdin' | 'stdout' | 'stderr' | 'kill' | 'on' | 'off' | 'exit'>;

/** Gives the terminal away, does something meanwhile, takes it back and draws everything anew. */
export type Lend = (meanwhile: () => Promise<void>) => Promise<void>;

/** Time for a stop signal to arrive, ms; it passes only once the shell has let the program go on. */
const STOPPED_MS = 100;

/** What can be done to the terminal besides drawing. */
export type Terminal = { redraw(): void; suspend(): void; copy(text: string): void };

/** The terminal under the screen. `lend` is known once the screen stands; it refuses while the terminal is given away. */
export function createTerminal(
  program: Program,
  { hold }: Pick<Output, 'hold'>,
  lend: () => Lend | undefined,
): Terminal {
  const { stdout } = program;
  const give = (meanwhile: () => Promise<void>) => lend()?.(meanwhile).catch(() => undefined) ?? Promise.resolve();
  return {
    redraw() {
      const release = hold();
      void give(async () => undefined).then(release);
    },
    suspend: () => void give(() => stand(program)),
    copy: (text) => void stdout.write(`\u001b]52;c;${Buffer.from(text).toString('base64')}\u0007`),
  };
}

/** Stops the whole job, npm and shell wrappers included, as Ctrl+Z does: else the shell would wait for them. */
async function stand(program: Program): Promise<void> {
  program.kill(0, 'SIGTSTP');
  await new Promise((resolve) => setTimeout(resolve, STOPPED_MS));
}
