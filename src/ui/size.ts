import type { Clock } from '../engine/clock.ts';
import type { Program } from './terminal.ts';
import type { Eye } from './view.ts';

/** After the last of a row of resizes, ms: then everything is drawn anew, whatever the terminal made of the old rows. */
const SETTLED_MS = 50;

/** Cells of the terminal; those of the first ones where nobody says. */
export function sizeOf({ stdout }: Pick<Program, 'stdout'>): { columns: number; rows: number } {
  return { columns: stdout.columns || 80, rows: stdout.rows || 24 };
}

/** Follows the size of the terminal. Returns the way to stop. */
export function followSize(program: Program, { see }: Eye, clock: Clock, redraw: () => void): () => void {
  let cancel = () => {};
  const resized = () => {
    see([{ type: 'resized', ...sizeOf(program) }]);
    cancel();
    cancel = clock.setTimer(SETTLED_MS, redraw);
  };
  // Before Ink hears of it: what it draws then is already of the new size.
  program.stdout.prependListener('resize', resized);
  return () => {
    program.stdout.off('resize', resized);
    cancel();
  };
}
