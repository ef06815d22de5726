import { afterEach, describe, expect, test } from 'vitest';
import { PANES } from '../../src/ui/types.ts';
import { runInTerminal, type TerminalRun } from '../rig/terminal.ts';
import { flickerIn } from './flicker.ts';
import { tornIn } from './torn.ts';

type Size = { columns: number; rows: number };

/** Sizes at which layouts end and begin, each with each. */
const FIXED: readonly Size[] = [60, 80, 99, 100, 110, 120, 200, 250].flatMap((columns) =>
  [18, 24, 36, 40, 70].map((rows) => ({ columns, rows })),
);

/** How many more are tried; all 300 where LUNCHRUSH_TEST_SIZES says `all`. */
const RANDOM = process.env['LUNCHRUSH_TEST_SIZES'] === 'all' ? 300 : 40;
const SEED = Number(process.env['LUNCHRUSH_TEST_SEED'] ?? (Date.now() % 100_000) + 1);

/** Sizes by a generator of Lehmer: the same seed gives the same ones again. */
function randomSizes(count: number): Size[] {
  let state = SEED;
  const below = (most: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % most;
  };
  return Array.from({ length: count }, () => ({ columns: 60 + below(191), rows: 18 + below(53) }));
}

let run: TerminalRun | undefined;
afterEach(() => run?.close());

async function openUnderLoad(): Promise<TerminalRun> {
  const opened = runInTerminal('node', ['dist/main.js', '--fresh']);
  run = opened;
  await opened.until(/LUNCHRUSH.*● running/);
  opened.press(':load 1M --rate 500/s\r');
  await opened.until('● under load');
  return opened;
}

/** Resizes, and waits until the screen of that size is whole. */
async function resized(opened: TerminalRun, size: Size, focus: (typeof PANES)[number]): Promise<void> {
  await opened.resize(size.columns, size.rows);
  let torn: string | undefined;
  try {
    await opened.until(() => {
      torn = tornIn(opened, { size, focus, isZoomed: false });
      return torn === undefined;
    });
  } catch (thrown) {
    throw new Error(`${size.columns}×${size.rows} with ${focus}, seed ${SEED}: ${torn}`, { cause: thrown });
  }
}

describe('the console under a load', () => {
  test(`is whole at ${FIXED.length} fixed sizes and ${RANDOM} random ones (seed ${SEED})`, async () => {
    const opened = await openUnderLoad();
    for (const [i, size] of [...FIXED, ...randomSizes(RANDOM)].entries()) {
      const focus = PANES[i % 6] ?? 'pipeline';
      opened.press(String((i % 6) + 1));
      await resized(opened, size, focus);
    }
    const { unbalanced, outside } = flickerIn(opened.raw());
    expect([...unbalanced, ...outside].slice(0, 3)).toEqual([]);
    expect(opened.raw()).not.toContain('\u001b[3J');
  }, 300_000);

  test('never clears the screen while its size stays, and shows each frame at once', async () => {
    const opened = await openUnderLoad();
    await resized(opened, { columns: 120, rows: 40 }, 'pipeline');
    // The screen is drawn anew a moment after the last resize.
    const from = opened.raw().length;
    await opened.until(() => flickerIn(opened.raw().slice(from)).frames >= 12);
    opened.press('5');
    await opened.until(
      () => tornIn(opened, { size: { columns: 120, rows: 40 }, focus: 'lag', isZoomed: false }) === undefined,
    );
    opened.press('?');
    await opened.until('Help: Lag');
    opened.press('\u001b');
    await opened.until((text) => !text.includes('Help: Lag'));
    const { clears, unbalanced, outside } = flickerIn(opened.raw().slice(from));
    expect({ clears, unbalanced, outside }).toEqual({ clears: [], unbalanced: [], outside: [] });
  });
});
