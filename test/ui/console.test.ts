import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { runInTerminal, type TerminalRun } from '../rig/terminal.ts';
import { tornIn } from './torn.ts';

const MAIN = 'dist/main.js';
/** The line of truth says that the whole pipeline runs; the row of the broker alone says so earlier. */
const RUNS = /LUNCHRUSH.*● running/;
const runs: TerminalRun[] = [];

function open(args: readonly string[], size: { columns?: number; rows?: number } = {}): TerminalRun {
  const run = runInTerminal('node', [MAIN, ...args], size);
  runs.push(run);
  return run;
}

/** A shell in the terminal that runs the console and says the terminal's settings before and after. */
function openInShell(command: string): TerminalRun {
  const run = runInTerminal('bash', ['-c', `stty -g; ${command}; echo "exit $?"; stty -g; sleep 0.1`]);
  runs.push(run);
  return run;
}

function settings(run: TerminalRun): string[] {
  return run.text().match(/^[0-9a-f]+(:[0-9a-f]+){10,}$/gm) ?? [];
}

afterEach(() => {
  for (const run of runs.splice(0)) run.close();
});

/** Nothing torn, with the first pane in focus. */
function isWhole(run: TerminalRun, columns: number, rows: number): boolean {
  return tornIn(run, { size: { columns, rows }, focus: 'pipeline', isZoomed: false }) === undefined;
}

describe('the console in a terminal', () => {
  test('stands at once, runs, and q leaves it with a summary and the terminal as it was', async () => {
    const run = openInShell(`node ${MAIN} --fresh`);
    await run.until('1 Pipeline');
    expect(run.buffer()).toBe('alternate');
    await run.until(RUNS);
    run.press('q');
    await run.until('exit 0');
    expect(run.text()).toMatch(/lunchrush ran \d+ s: 0 commands/);
    expect(run.buffer()).toBe('normal');
    await run.ended;
    const [before, after] = settings(run);
    expect(after).toBe(before);
    // What the terminal remembers from before the program stays.
    expect(run.raw()).not.toContain('\u001b[3J');
  });

  test('goes where keys say, and Esc never leaves it', async () => {
    const run = open(['--fresh'], { columns: 80, rows: 24 });
    await run.until(RUNS);
    run.press('5');
    await run.until('▐5 Lag▌');
    run.press('\t');
    await run.until('▐6 Analytics▌');
    run.press('\u001b[Z');
    await run.until('▐5 Lag▌');
    run.press('z');
    await run.until((text) => !text.includes('▐5 Lag▌'));
    run.press('\u001b');
    await run.until('▐5 Lag▌');
    run.press('?');
    await run.until('Help: Lag');
    run.press('\u001b');
    await run.until((text) => !text.includes('Help: Lag'));
    run.press(' ');
    await run.until('PAUSED');
    run.press(' ');
    await run.until((text) => !text.includes('PAUSED'));
    run.press('/');
    await run.until(/ Enter +keep/);
    run.press('\u001b');
    await run.until((text) => !/ Enter +keep/.test(text));
    run.press(`${'\u001b'.repeat(5)}\u001b[200~q\u001b[201~`);
    await run.until('nothing here takes a paste');
    run.press('1');
    await run.until('▐1 Pipeline▌');
    run.press('\u0003');
    expect((await run.ended).code).toBe(130);
  });

  test('has the whole command language in its palette, with completion, history, pastes and errors in place', async () => {
    const run = open(['--fresh'], { columns: 100, rows: 30 });
    await run.until(RUNS);
    run.press(':');
    await run.until('command ━');
    run.press('lo\t');
    await run.until(': load ');
    run.press('1x');
    await run.until('is not a count');
    run.press('\u007f\u007f');
    run.press('\u001b[200~20\u001b[201~\r');
    await run.until((text) => !text.includes('command ━'));
    run.press(':');
    await run.until('command ━');
    run.press('\u001b[A');
    await run.until(': load 20');
    run.press('\u0015wait idle; expect total_orders == 20\r');
    await run.until('expect total_orders == 20: it holds');
    run.press(`:say ${'x'.repeat(3000)}`);
    await run.until(/x{60}/);
    run.press('\u001b');
    await run.until((text) => !text.includes('command ━'));
    run.press(`:\u001b[200~say ${'paste '.repeat(20_000)}\u001b[201~`);
    await run.until('a field holds 10,000 characters of a paste: the last 110,003 are left out');
    run.press('\u001b');
    await run.until((text) => !text.includes('command ━'));
    run.press(':lag inventory\r');
    await run.until('━ lag inventory');
    run.press('\u001b');
    await run.until((text) => !text.includes('━ lag inventory'));
    run.press(':quit\r');
    expect((await run.ended).code).toBe(0);
  });

  test('takes what is typed at once with the key that opens a field, each time it is opened', async () => {
    const run = open(['--fresh'], { columns: 100, rows: 30 });
    await run.until(RUNS);
    const leave = '\u001b\u001b';
    for (let i = 0; i < 5; i++) {
      // One write each: the field cannot have begun to listen between its key and its first character.
      run.press(`:say first${i}${leave}:say second${i}${leave}:say third${i}`);
      await run.until(new RegExp(`: say third${i}\\s*┃`));
      run.press(`${leave}2e\u0015taco:1${leave}e\u0015cola:2,nacho:1`);
      await run.until(/\[cola:2,nacho:1 +\]/);
      run.press(`${leave}5/abc${leave}/def`);
      await run.until(/\/ def +┃/);
      run.press(leave);
      await run.until((text) => !text.includes('/ def'));
    }
  });

  test('is whole at any size, however often that changes', async () => {
    const run = open(['--fresh']);
    await run.until(RUNS);
    for (const [columns, rows] of [
      [80, 24],
      [200, 60],
      [60, 18],
      [120, 40],
      [100, 30],
    ] as const) {
      await run.resize(columns, rows);
      await run.until(() => isWhole(run, columns, rows));
    }
    for (let i = 0; i < 60; i++) await run.resize(60 + ((i * 37) % 190), 18 + ((i * 23) % 52));
    await run.resize(97, 33);
    await run.until(() => isWhole(run, 97, 33));
    await run.resize(50, 12);
    await run.until('needs 60×18 cells, here are 50×12');
    await run.resize(110, 36);
    await run.until(() => isWhole(run, 110, 36));
    run.press('\u000c');
    await run.until(() => isWhole(run, 110, 36));
  });

  test('survives two thousand random keys', async () => {
    const run = open(['--fresh']);
    await run.until(RUNS);
    const keys = [
      ...'\r\t \u007f\u000c\u0010\u0015',
      '\u001b',
      '\u001b[Z',
      '\u001b[A',
      '\u001b[B',
      '\u001b[C',
      '\u001b[5~',
    ];
    for (let code = 33; code < 127; code++) if (code !== 'q'.charCodeAt(0)) keys.push(String.fromCharCode(code));
    // A generator of Lehmer, so that what fails can be looked at again.
    let seed = 20;
    const random = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    for (let i = 0; i < 2000; i++) run.press(keys[random(keys.length)] ?? '');
    run.press('\u001b[200~\u001b[201~\u001b\u001b\u001b\u001b\u001b');
    await run.until(/1-6 panes/, 40_000);
    run.press(':expect conflicts == 0\r');
    await run.until('expect conflicts == 0: it holds');
  });

  test('asks before it leaves a load test alone, and cancel is the default', async () => {
    const run = open(['--fresh']);
    await run.until(RUNS);
    run.press(':load 100k --rate 100/s\r');
    await run.until('● under load');
    run.press('q');
    await run.until('[ Cancel ]');
    run.press('\r');
    await run.until((text) => !text.includes('[ Cancel ]'));
    run.press('q\u001b[C\r');
    expect((await run.ended).code).toBe(0);
  });
});

describe('ways out', () => {
  test.each([
    ['Ctrl+C', '\u0003', 130],
    ['SIGTERM', 'SIGTERM', 143],
    ['SIGHUP', 'SIGHUP', 129],
    ['SIGINT', 'SIGINT', 130],
  ])('%s gives the terminal back and ends with its own exit code', async (_, how, code) => {
    const run = openInShell(`node ${MAIN} --fresh`);
    await run.until(RUNS);
    if (how.startsWith('SIG')) execFileSync('pkill', [`-${how}`, '-P', String(run.pid)]);
    else run.press(how);
    await run.until(`exit ${code}`);
    expect(run.buffer()).toBe('normal');
    await run.ended;
    const [before, after] = settings(run);
    expect(after).toBe(before);
  });

  test('an error that nobody caught is reported after the screen is left', async () => {
    const bomb = 'data:text/javascript,setTimeout(()=>{throw new Error("a seam burst")},1500)';
    const run = openInShell(`node --import '${bomb}' ${MAIN} --fresh`);
    await run.until('exit 70');
    expect(run.text()).toContain('a seam burst');
    expect(run.buffer()).toBe('normal');
    await run.ended;
    const [before, after] = settings(run);
    expect(after).toBe(before);
  });

  test('Ctrl+Z gives the terminal to the shell, and fg takes it back', async () => {
    const run = runInTerminal('bash', ['--norc', '--noprofile', '-i'], { env: { PS1: 'shell> ' } });
    runs.push(run);
    await run.until('shell>');
    run.press(`node ${MAIN} --fresh\r`);
    await run.until(RUNS);
    run.press('\u001a');
    await run.until('Stopped');
    expect(run.buffer()).toBe('normal');
    run.press('fg\r');
    await run.until(RUNS);
    run.press('q');
    await run.until(/lunchrush ran[\s\S]*shell>\s*$/);
  });

  test('without a terminal it says how to run a script, and ends with 2', () => {
    const run = () => execFileSync('node', [MAIN, '--fresh'], { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
    expect(run).toThrow(expect.objectContaining({ status: 2, stderr: expect.stringContaining("lunchrush -e '") }));
  });

  test('a terminal that can show nothing is left alone', async () => {
    const run = runInTerminal('node', [MAIN, '--fresh'], { env: { TERM: 'dumb' } });
    runs.push(run);
    expect((await run.ended).code).toBe(2);
    expect(run.raw()).not.toContain('\u001b');
  });
});

describe('a second console', () => {
  test('on the same data watches, and says who runs the pipeline', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lunchrush-console-'));
    try {
      const first = open(['--data-dir', folder]);
      await first.until(RUNS);
      const second = open(['--data-dir', folder]);
      await second.until(`watching, process ${first.pid} runs it`);
      second.press('q');
      expect((await second.ended).code).toBe(0);
      first.press('q');
      expect((await first.ended).code).toBe(0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
