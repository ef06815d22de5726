import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../rig/folder.ts';
import { runInTerminal, type TerminalRun } from '../rig/terminal.ts';

const MAIN = 'dist/main.js';
const ENTER = '\r';
const ESC = '\u001b';
const RIGHT = '\u001b[C';

/** What a busy machine may need for ten thousand orders. */
const LONG_MS = 60_000;

function open(args: readonly string[]): TerminalRun {
  const run = runInTerminal('node', [MAIN, ...args], { columns: 120, rows: 40 });
  onTestFinished(run.close);
  return run;
}

/** Presses a key, and waits for what is to come of it. */
async function press(run: TerminalRun, keys: string, shown: string | RegExp, withinMs = LONG_MS): Promise<void> {
  run.press(keys);
  await run.until(shown, withinMs);
}

/** A line of the command palette, run. */
async function command(run: TerminalRun, line: string): Promise<void> {
  await press(run, ':', 'command ━');
  run.press(line);
  await run.until((text) => text.includes(line.slice(-60)));
  run.press(ENTER);
  await run.until((text) => !text.includes('command ━'));
}

async function placeAndTrace(run: TerminalRun): Promise<void> {
  await press(run, '2', '┏━ 2 Orders');
  await press(run, ENTER, /reserved +\d@0/);
  await press(run, 'j', '▸');
  await press(run, ENTER, /━ Trace [\s\S]*placed[\s\S]*reserved[\s\S]*counted/);
  run.press(ESC);
  await run.until((text) => !text.includes('━ Trace'));
}

async function turnKnobs(run: TerminalRun): Promise<void> {
  await press(run, '4', '┏━ 4 Faults');
  await press(run, ENTER, 'Enter set');
  await press(run, `30%${ENTER}`, '+ 30.0 %');
  await press(run, 'j', '▸throttle');
  await press(run, ENTER, 'Enter set');
  await press(run, `10ms${ENTER}`, '+ 10 ms');
}

/** More comes in than is done; then it ends, and the table says how long the rest takes. */
async function watchLag(run: TerminalRun): Promise<void> {
  await command(run, 'load 1k --rate 400/s');
  await press(run, '5', '┏━ 5 Lag');
  await run.until(/inventory-service-group +[\d,]+ ↑ .*throttled/, LONG_MS);
  await run.until(/ t (\d\d:\d\d:\d\d )?throttle 10 ms/);
  await run.until(/inventory-service-group +[\d,]+ ↓ +\d+ +\d+ s throttled/, LONG_MS);
}

async function scaleAndKill(run: TerminalRun): Promise<void> {
  await press(run, '4', '┏━ 4 Faults');
  await press(run, 'a', 'inventory × 2');
  await press(run, 'a', 'inventory × 3');
  await run.until(/inventory\/3 ● running +p\d/, LONG_MS);
  await press(run, 'jj', '▸inventory/2');
  await press(run, 'K', '[ Cancel ]');
  await press(run, RIGHT, '[ Kill ]');
  await press(run, ENTER, /inventory\/2 killed; replaced after/);
  await press(run, 'g', '▸fail rate');
  await press(run, 'j', '▸throttle');
  await press(run, '0', '+ 0 ms');
  await run.until(/orders +11,001[\s\S]*waiting +0 /, LONG_MS);
}

async function replay(run: TerminalRun): Promise<void> {
  await press(run, '6', '┏━ 6 Analytics');
  await press(run, 'R', '[ Cancel ]');
  await press(run, RIGHT, '[ Replay ]');
  await press(run, ENTER, /┃ +identical/);
  run.press(ENTER);
  await run.until((text) => !text.includes('Replay analytics'));
}

test('somebody new places, loads, breaks, scales, kills and replays by key, and the saved session runs headless', async () => {
  const file = join(temporaryFolder(), 'walk.lunch');
  const run = open(['--fresh']);
  await run.until(/LUNCHRUSH.*● running/);
  await placeAndTrace(run);
  await command(run, 'load 10k');
  await run.until(/orders +10,001[\s\S]*waiting +0 /, LONG_MS);
  await turnKnobs(run);
  await watchLag(run);
  await scaleAndKill(run);
  await replay(run);
  await command(run, `save ${file}`);
  await run.until('the session is in');
  run.press('q');
  expect((await run.ended).code).toBe(0);
  const script = readFileSync(file, 'utf8');
  for (const line of ['load 10k', 'fail-rate 30%', 'throttle 10ms', 'kill inventory/2', 'replay analytics']) {
    expect(script).toContain(line);
  }
  expect(script).toMatch(/^expect .*total_orders == 11,?001/m);

  const again = open(['--fresh', '--script', file]);
  const { code } = await again.ended;
  expect(code, `${script}\n${again.text()}`).toBe(0);
}, 240_000);
