import { createRequire } from 'node:module';

// The package is CommonJS and names nothing that Node could see from outside.
const { Terminal } = createRequire(import.meta.url)('@xterm/headless') as typeof import('@xterm/headless');

/** Columns and rows of a terminal. */
export type Size = { columns: number; rows: number };

/** What shows what is written to it as a terminal does. */
export type Emulator = InstanceType<typeof Terminal>;

/** An emulator of that size. */
export function emulator({ columns, rows }: Size): Emulator {
  return new Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 0 });
}
