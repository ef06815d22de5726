import type { Size } from './emulator.ts';
import type { Stage } from './stage.ts';

/** A picture of one screen: its name, what it shows, and how one gets there from the picture before. */
export type Shot = { name: string; about: string; reach(stage: Stage): Promise<void> };

/** Sizes that every picture is made at. */
export const SIZES: readonly Size[] = [
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
];

const ENTER = '\r';
const ESC = '\u001b';

/** Runs a line of the palette, which writes a word at a time. */
async function run(stage: Stage, line: string): Promise<void> {
  stage.press(':');
  await stage.until('command ━');
  stage.press(line);
  await stage.until(line);
  stage.press(ENTER);
  await stage.until(/^(?![\s\S]*command ━)/);
}

/** Goes to a pane by its number. */
async function go(stage: Stage, number: string, title: string): Promise<void> {
  stage.press(number);
  await stage.until(`┏━ ${number} ${title}`);
}

function pane(number: string, title: string, about: string): Shot {
  return { name: title.toLowerCase(), about, reach: (stage) => go(stage, number, title) };
}

/** The pictures, in the order in which one run passes them. */
export const SHOTS: readonly Shot[] = [
  {
    name: 'lag',
    about: 'The lag of the inventory group grows under a throttle; the strip shows when it began.',
    async reach(stage) {
      await stage.until(/LUNCHRUSH.*● running/);
      await run(stage, 'load 8k --rate 400/s --duplicates 1%');
      await stage.until('● under load');
      await run(stage, 'fail-rate 30%');
      await run(stage, 'throttle 5ms');
      await go(stage, '5', 'Lag');
      await stage.until(/throttled[\s\S]* t (\d\d:\d\d:\d\d )?throttle 5 ms/);
      await stage.until(/backlog +1,[2-9]\d\d/);
    },
  },
  pane('1', 'Pipeline', 'The pipeline under load: rate, backlog and state at every hop.'),
  pane('2', 'Orders', 'The last orders with outcome, partition, offset and latency.'),
  pane('3', 'Load', 'A load test that runs: progress, achieved rate and percentiles.'),
  {
    name: 'faults',
    about: 'Fail rate and throttle, workers and the broker.',
    async reach(stage) {
      await go(stage, '4', 'Faults');
      await stage.until(/30\.0 %[\s\S]*5 ms/);
    },
  },
  {
    name: 'palette',
    about: 'The command line with a command half written, and what can follow.',
    async reach(stage) {
      stage.press(':');
      await stage.until('command ━');
      stage.press('load 10k ');
      await stage.until(/: load 10k [\s\S]*--rate RATE/);
    },
  },
  {
    name: 'help',
    about: 'What each key does in the pane of faults, and everywhere.',
    async reach(stage) {
      stage.press(ESC);
      await stage.until(/^(?![\s\S]*command ━)/);
      stage.press('?');
      await stage.until('Help: Faults');
    },
  },
  {
    name: 'analytics',
    about: 'What the log adds up to, once all is decided and counted.',
    async reach(stage) {
      stage.press(ESC);
      await stage.until(/^(?![\s\S]*Help: Faults)/);
      await run(stage, 'throttle 0');
      await go(stage, '6', 'Analytics');
      await stage.until(/orders +8,000[\s\S]*waiting +0/);
    },
  },
  {
    name: 'replay',
    about: 'The preview of a replay: what would be read, and what would not change. Cancel is chosen.',
    async reach(stage) {
      stage.press('R');
      await stage.until(/reads +[\d,]+ records[\s\S]*\[ Cancel \]/);
    },
  },
];
