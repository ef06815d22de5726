import { afterEach, expect, test } from 'vitest';
import { runInTerminal, type TerminalRun } from '../rig/terminal.ts';
import { command, goAbout, help } from './walk/everywhere.ts';
import { broker, knobs, workers } from './walk/faults.ts';
import { sitDown } from './walk/keyboard.ts';
import { facts, lag, orders } from './walk/lists.ts';
import { analytics, load } from './walk/numbers.ts';

let run: TerminalRun | undefined;
afterEach(() => run?.close());

test('every key of the table does in a terminal what it says', async () => {
  run = runInTerminal('node', ['dist/main.js', '--fresh'], { columns: 80, rows: 24 });
  await run.until(/LUNCHRUSH.*● running/);
  const keyboard = sitDown(run);
  const walk = [goAbout, help, command, orders, lag, knobs, workers, load, analytics, facts, broker];
  for (const part of walk) await part(keyboard);
  await keyboard.key('interrupt', 'ctrl+c');
  expect((await run.ended).code).toBe(130);
  expect(keyboard.missing()).toEqual([]);
}, 300_000);
