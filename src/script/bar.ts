import type { Clock } from '../engine/clock.ts';
import type { Out } from './out.ts';
import type { Progress } from './progress.ts';

const WIDTH = 20;

/** Shortest time between two drawings, in ms: what an eye can follow. */
const FRAME_MS = 100;

/** Carriage return and "erase in line" (ECMA-48 EL): the bar is redrawn where it stands. */
const CLEAR = '\r\u001b[K';

/** A progress bar on one line of a terminal. */
export type Bar = {
  /** Draws `look()` again and again until the function that comes back is called, which wipes it. */
  follow(title: string, look: () => Progress | undefined): () => void;
  /** Takes the bar away for a moment, so that other text can be written to the terminal. */
  wipe(): void;
};

/** A bar where `out` is a terminal; elsewhere one that draws nothing. */
export function createBar(out: Out, { clock, ascii }: { clock: Clock; ascii: boolean }): Bar {
  if (!out.isTTY) return { follow: () => () => undefined, wipe: () => undefined };
  let drawn = '';
  const wipe = () => {
    if (drawn) out.write(CLEAR);
    drawn = '';
  };
  const draw = (title: string, progress: Progress) => {
    const line = clip(printBar(title, progress, ascii), (out.columns ?? 80) - 1);
    if (line !== drawn) out.write(`${CLEAR}${line}`);
    drawn = line;
  };
  const follow = (title: string, look: () => Progress | undefined) => {
    let cancel = clock.setTimer(FRAME_MS, function again() {
      const progress = look();
      if (progress) draw(title, progress);
      cancel = clock.setTimer(FRAME_MS, again);
    });
    return () => {
      cancel();
      wipe();
    };
  };
  return { follow, wipe };
}

/** The same stream, where text and bar do not get into each other's way. */
export function besideBar(out: Out, bar: Bar): Out {
  const write = (text: string) => {
    bar.wipe();
    return out.write(text);
  };
  return { write, isTTY: out.isTTY ?? false, columns: out.columns ?? 80 };
}

/** `load 10k [████░░░░░░░░░░░░░░░░] 2,000 of 10,000 records, 900/s`. */
export function printBar(title: string, { share, words }: Progress, ascii: boolean): string {
  if (share === undefined) return `${title} ${words}`;
  const filled = Math.floor(Math.min(1, Math.max(0, share)) * WIDTH);
  const [full, empty] = ascii ? ['#', '-'] : ['█', '░'];
  return `${title} [${full.repeat(filled)}${empty.repeat(WIDTH - filled)}] ${words}`;
}

function clip(text: string, columns: number): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length <= columns ? line : line.slice(0, Math.max(0, columns));
}
