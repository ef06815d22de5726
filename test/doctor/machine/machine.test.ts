import { describe, expect, test } from 'vitest';
import { type Clocks, checkClock } from '../../../src/doctor/machine/clock.ts';
import { checkMemory } from '../../../src/doctor/machine/memory.ts';
import { checkNode } from '../../../src/doctor/machine/node.ts';
import { checkOpenFiles, openFileLimit, readLimits } from '../../../src/doctor/machine/open-files.ts';
import { checkPlatform } from '../../../src/doctor/machine/platform.ts';
import { checkTerminal, type Terminal } from '../../../src/doctor/machine/terminal.ts';

test.each([
  ['v20.19.0', 'ok'],
  ['v20.18.9', 'fail'],
  ['v24.1.0', 'ok'],
  ['v18.20.0', 'fail'],
])('Node %s: %s', (version, level) => {
  expect(checkNode(version).level).toBe(level);
});

test('a system that nobody has tried is a warning, not a failure', () => {
  const linux = { platform: 'linux', arch: 'x64', release: '6.1', cpus: 2 };
  expect(checkPlatform(linux)).toMatchObject({ level: 'ok', found: 'Linux 6.1, x64, 2 cores' });
  expect(checkPlatform({ ...linux, platform: 'freebsd', cpus: 1 })).toMatchObject({ level: 'warn' });
});

const good: Terminal = {
  stdin: true,
  stdout: true,
  raw: true,
  columns: 120,
  rows: 40,
  colorDepth: 8,
  env: { TERM: 'xterm-256color', LANG: 'en_GB.UTF-8' },
  platform: 'linux',
};

test.each<[string, Partial<Terminal>, string, string]>([
  ['all that a console needs', {}, 'ok', '120×40, xterm-256color, 256 colours, UTF-8, keystrokes can be read'],
  ['true colour', { colorDepth: 24 }, 'ok', 'true colour'],
  ['NO_COLOR', { env: { ...good.env, NO_COLOR: '1' } }, 'ok', 'no colours (NO_COLOR)'],
  ['a pipe', { stdout: false }, 'warn', 'stdout is no terminal'],
  ['neither end a terminal', { stdin: false, stdout: false }, 'warn', 'stdin and stdout are no terminal'],
  ['TERM=dumb', { env: { TERM: 'dumb' } }, 'warn', 'TERM=dumb'],
  ['no raw mode', { raw: false }, 'warn', 'one by one'],
  ['a small window', { columns: 59 }, 'warn', '59×40, xterm-256color, 256 colours: too small'],
  ['the C locale', { env: { TERM: 'vt100', LANG: 'C' } }, 'warn', 'not UTF-8'],
  ['LC_ALL before LANG', { env: { TERM: 'vt100', LC_ALL: 'C', LANG: 'C.UTF-8' } }, 'warn', 'not UTF-8'],
  ['Windows, which says nothing', { env: {}, platform: 'win32' }, 'ok', '120×40, 256 colours, UTF-8'],
])('a terminal with %s', (_, more, level, found) => {
  const finding = checkTerminal({ ...good, ...more });
  expect(finding).toMatchObject({ level, found: expect.stringContaining(found) });
});

describe('the clock', () => {
  const START = Date.UTC(2026, 5, 1);

  /** Clocks that go on by what `pace` says whenever time passes. */
  function clocks(pace: (ms: number) => { wall: number; monotonic: number }, from = START): Clocks {
    let [wall, monotonic] = [from, 0];
    return {
      wall: () => wall,
      monotonic: () => monotonic,
      sleep: async (ms) => {
        const by = pace(ms);
        wall += by.wall;
        monotonic += by.monotonic;
      },
    };
  }

  const even = (ms: number) => ({ wall: ms, monotonic: ms });

  test.each<[string, Clocks, string, string]>([
    ['goes evenly', clocks(even), 'ok', '2026-06-01 00:00:00 UTC, goes evenly'],
    ['was never set', clocks(even, 0), 'fail', '1970-01-01'],
    ['stands still', clocks(() => ({ wall: 50, monotonic: 0 })), 'fail', 'stands still'],
    ['jumps', clocks((ms) => ({ wall: ms + 500, monotonic: ms })), 'warn', 'jumped 2.0 s ahead'],
    ['is set back', clocks((ms) => ({ wall: ms - 500, monotonic: ms })), 'warn', 'jumped 2.0 s back'],
  ])('that %s', async (_, given, level, found) => {
    expect(await checkClock(given)).toMatchObject({ level, found: expect.stringContaining(found) });
  });
});

const GIB = 1024 ** 3;

test.each([
  ['20 GiB free of 24 GiB', { total: 24 * GIB, available: 20 * GIB }, 'ok'],
  ['little', { total: GIB, available: GIB / 2 }, 'warn'],
  ['1.0 GiB free of the 1.0 GiB that are allowed here', { total: 8 * GIB, available: 4 * GIB, limit: GIB }, 'ok'],
  ['no limit', { total: 2 * GIB, available: GIB, limit: 2 ** 60 }, 'ok', '1.0 GiB free of 2.0 GiB'],
])('memory: %s', (name, memory, level, found = name) => {
  expect(checkMemory({ heapLimit: GIB, ...memory })).toMatchObject({ level, found: expect.stringContaining(found) });
});

test('the limit of open files is read from where the system tells it', async () => {
  expect(readLimits('Limit  Soft  Hard\nMax open files            1024  524288  files\n')).toBe(1024);
  expect(readLimits('Max open files            unlimited  unlimited  files\n')).toBeUndefined();
  expect(checkOpenFiles(256)).toMatchObject({ level: 'warn', found: expect.stringContaining('256') });
  expect(checkOpenFiles(1024).level).toBe('ok');
  expect(checkOpenFiles(undefined).level).toBe('ok');
  const here = await openFileLimit(process.platform);
  expect(here === undefined || here > 0).toBe(true);
});
