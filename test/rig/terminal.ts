import { createRequire } from 'node:module';

// Both packages are CommonJS and name nothing that could be seen from outside.
const require = createRequire(import.meta.url);
const { spawn } = require('@lydell/node-pty') as typeof import('@lydell/node-pty');
const { Terminal } = require('@xterm/headless') as typeof import('@xterm/headless');

/** How a program in a terminal ended. */
export type End = { code: number; signal: number };

/** A program in a real terminal, and what that terminal shows. */
export type TerminalRun = {
  readonly pid: number;
  /** The rows as they stand, without blanks at their ends. */
  screen(): string[];
  /** The screen as one text. */
  text(): string;
  /** How many rows go on where the row above them had no room left. */
  wrapped(): number;
  /** `alternate` while a full-screen program has it. */
  buffer(): 'normal' | 'alternate';
  /** Waits until the screen says so; throws with the screen when it does not. */
  until(what: string | RegExp | ((text: string) => boolean), withinMs?: number): Promise<void>;
  /** Sends raw keystrokes. */
  press(keys: string): void;
  resize(columns: number, rows: number): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  /** Everything the program has written, escapes and all. */
  raw(): string;
  readonly ended: Promise<End>;
  close(): void;
};

/** What a developer's shell must not add. */
const STRIPPED = /^(KAFKA_|LUNCHRUSH_|INVENTORY_|CONSUMER_|NODE_OPTIONS$|NO_COLOR$|FORCE_COLOR$|CI$|VITEST|NODE_ENV$)/;

function environment(more: Record<string, string>): Record<string, string> {
  const kept = Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return { ...Object.fromEntries(kept.filter(([name]) => !STRIPPED.test(name))), TERM: 'xterm-256color', ...more };
}

/** Runs a program in a terminal of that size. */
export function runInTerminal(
  file: string,
  args: readonly string[],
  { columns = 120, rows = 40, env = {} }: { columns?: number; rows?: number; env?: Record<string, string> } = {},
): TerminalRun {
  const xterm = new Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 1000 });
  const pty = spawn(file, [...args], {
    cols: columns,
    rows,
    name: env['TERM'] ?? 'xterm-256color',
    env: environment(env),
  });
  let raw = '';
  let hasEnded = false;
  pty.onData((data) => {
    raw += data;
    xterm.write(data);
  });
  const ended = new Promise<End>((resolve) => {
    pty.onExit(({ exitCode, signal }) => {
      hasEnded = true;
      // What is still in the emulator's queue is shown first.
      xterm.write('', () => resolve({ code: exitCode, signal: signal ?? 0 }));
    });
  });
  const screen = () => {
    const buffer = xterm.buffer.active;
    return Array.from(
      { length: xterm.rows },
      (_, y) => buffer.getLine(buffer.baseY + y)?.translateToString(true) ?? '',
    );
  };
  const text = () => screen().join('\n');
  return {
    pid: pty.pid,
    screen,
    text,
    wrapped: () =>
      screen().filter((_, y) => xterm.buffer.active.getLine(xterm.buffer.active.baseY + y)?.isWrapped).length,
    buffer: () => xterm.buffer.active.type,
    async until(what, withinMs = 30_000) {
      const holds =
        typeof what === 'function'
          ? what
          : (shown: string) => (typeof what === 'string' ? shown.includes(what) : what.test(shown));
      for (const end = Date.now() + withinMs; !holds(text()); ) {
        if (Date.now() > end) throw new Error(`the screen never showed ${String(what)}:\n${text()}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    press: (keys) => pty.write(keys),
    async resize(width, height) {
      pty.resize(width, height);
      xterm.resize(width, height);
    },
    kill: (signal) => process.kill(pty.pid, signal),
    raw: () => raw,
    ended,
    close() {
      if (!hasEnded) pty.kill('SIGKILL');
      xterm.dispose();
    },
  };
}
