import { mkdirSync, writeFileSync } from 'node:fs';
import { homedir, hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assertAnonymous, castOf } from './cast.ts';
import { SCENES } from './demonstration.ts';
import type { Size } from './emulator.ts';
import { screensAt } from './frames.ts';
import { type Mark, marksOf } from './marks.ts';
import { SHOTS, SIZES } from './shots.ts';
import { type Output, openStage } from './stage.ts';
import { svgOf } from './svg.ts';
import { type Moment, momentsOf, type Take } from './timeline.ts';

// npm run record [-- MAIN]: plays the demonstration on the built program, and writes docs/recording.* and docs/screens/*.
const DOCS = dirname(dirname(fileURLToPath(import.meta.url)));
const SIZE: Size = { columns: 120, rows: 40 };
const FRAME_MS = 125;
const HOLD_MS = 875;
const TITLE = 'Lunchrush: load, lag, a kill, recovery and an identical replay';

/** Words that say whose machine this is. */
const PRIVATE = [homedir(), process.cwd(), tmpdir(), hostname()];

/** Plays the scenes, and says when each began and ended. */
async function perform(main: string): Promise<{ output: readonly Output[]; takes: Take[] }> {
  const stage = openStage(main, SIZE);
  const takes: Take[] = [];
  try {
    for (const { caption, playMs, play } of SCENES) {
      const from = stage.now();
      await play(stage);
      takes.push({ caption, playMs, from, to: stage.now() });
    }
    return { output: [...stage.output], takes };
  } finally {
    await stage.close();
  }
}

/** Two rows below the terminal: what is done, and how the time of the picture relates to that of the clock. */
function captionMarks({ caption, speed }: Moment, ms: number): Mark[] {
  const y = SIZE.rows + 1;
  const seconds = Math.round(ms / 1000);
  const time = `played ${speed < 2 ? speed.toFixed(1) : Math.round(speed)}× as fast; ${seconds} s in all, nothing cut`;
  const x = SIZE.columns - 1 - time.length;
  return [
    { x: 1, y, cells: caption.length, text: caption, look: 'c6 b' },
    { x, y, cells: time.length, text: time, look: 'd' },
  ];
}

async function recordDemonstration(main: string): Promise<void> {
  const { output, takes } = await perform(main);
  const to = takes.at(-1)?.to ?? 0;
  const kept = output.filter(({ at }) => at <= to);
  const moments = momentsOf(takes, FRAME_MS, HOLD_MS);
  const screens = await screensAt(
    kept,
    SIZE,
    moments.map(({ at }) => at),
  );
  const frames = screens.map((screen, i) => [...marksOf(screen), ...captionMarks(moments[i] as Moment, to)]);
  const size = { ...SIZE, rows: SIZE.rows + 2 };
  write('recording.cast', castOf(kept, SIZE, TITLE));
  write(
    'recording.svg',
    svgOf({ title: TITLE, about: takes.map(({ caption }) => caption).join('; '), size, frames, frameMs: FRAME_MS }),
  );
}

async function takeScreens(main: string, size: Size): Promise<void> {
  const stage = openStage(main, size);
  try {
    for (const { name, about, reach } of SHOTS) {
      await reach(stage);
      const frames = [marksOf(stage.screen())];
      const title = `Lunchrush at ${size.columns} × ${size.rows}: ${name}`;
      write(
        join('screens', `${name}-${size.columns}x${size.rows}.svg`),
        svgOf({ title, about, size, frames, frameMs: 0 }),
      );
    }
  } finally {
    await stage.close();
  }
}

function write(name: string, text: string): void {
  assertAnonymous(text, PRIVATE);
  const path = join(DOCS, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  process.stdout.write(`docs/${name}: ${Math.ceil(text.length / 1000)} kB\n`);
}

const main = process.argv[2] ?? 'dist/main.js';
await recordDemonstration(main);
for (const size of SIZES) await takeScreens(main, size);
