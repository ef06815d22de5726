import { createRequire } from 'node:module';
import { setTimeout as wait } from 'node:timers/promises';
import { emulator, type Size } from './emulator.ts';
import { type Screen, screenOf } from './screen.ts';

// The package is CommonJS and names nothing that Node could see from outside.
const { spawn } = createRequire(import.meta.url)('@lydell/node-pty') as typeof import('@lydell/node-pty');

/** What the program wrote, and when: ms since its start. */
export type Output = { at: number; text: string };

/** The program in a real terminal, watched. */
export type Stage = {
  /** All output so far. */
  readonly output: readonly Output[];
  /** Ms since the start. */
  now(): number;
  screen(): Screen;
  /** Sends keystrokes as they are. */
  press(keys: string): void;
  /** Waits until the screen holds it; throws with the screen when it does not, or when the program has ended. */
  until(what: string | RegExp, withinMs?: number): Promise<void>;
  /** Ends the program as a closing window does, and waits for it. */
  close(): Promise<void>;
};

/** How often the screen is looked at, ms. */
const LOOK_MS = 20;

/** Nothing of the machine but what a program needs to start: times of day are UTC in every recording. */
function environment(): Record<string, string> {
  const { PATH = '', HOME = '' } = process.env;
  return { PATH, HOME, TERM: 'xterm-256color', LANG: 'C.UTF-8', TZ: 'UTC' };
}

/** Starts the program on throw-away data. */
export function openStage(main: string, size: Size): Stage {
  const xterm = emulator(size);
  const began = Date.now();
  const now = () => Date.now() - began;
  const output: Output[] = [];
  const pty = spawn(process.execPath, [main, '--fresh'], {
    cols: size.columns,
    rows: size.rows,
    name: 'xterm-256color',
    env: environment(),
  });
  pty.onData((text) => {
    output.push({ at: now(), text });
    xterm.write(text);
  });
  let hasEnded = false;
  const ended = new Promise<void>((resolve) => {
    pty.onExit(() => {
      hasEnded = true;
      resolve();
    });
  });
  const screen = () => screenOf(xterm);
  return {
    output,
    now,
    screen,
    press: (keys) => pty.write(keys),
    async until(what, withinMs = 60_000) {
      for (const end = now() + withinMs; !holds(screen(), what); await wait(LOOK_MS)) {
        if (hasEnded || now() > end) throw new Error(`the screen never showed ${what}:\n${screen().text}`);
      }
    },
    async close() {
      if (!hasEnded) pty.kill('SIGHUP');
      await ended;
      xterm.dispose();
    },
  };
}

function holds({ text }: Screen, what: string | RegExp): boolean {
  return typeof what === 'string' ? text.includes(what) : what.test(text);
}
