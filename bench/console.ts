/**
 * What the console costs at rest and under full load, in a real terminal of 120×40. CPU is of the whole program: console,
 * workers and load in one process, the broker apart. `npx tsx bench/console.ts [seconds]`
 */
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { runInTerminal, type TerminalRun } from '../test/rig/terminal.ts';

const SECONDS = Number(process.argv[2] ?? 10);
const PRESSES = 30;

/** CPU time of a process so far, ms (proc(5): fields 14 and 15 in ticks of 10 ms). */
function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** CPU time of the thread that draws, ms. */
function mainThreadMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/task/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function residentMb(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
}

/** From a keystroke to the screen that shows it, ms, sorted. */
async function pressesOf(run: TerminalRun): Promise<number[]> {
  const took: number[] = [];
  for (let i = 0; i < PRESSES; i++) {
    const [key, shown] = i % 2 === 0 ? ['?', true] : ['?', false];
    const began = performance.now();
    run.press(key);
    while (run.text().includes('━ Help:') !== shown) await wait(1);
    took.push(performance.now() - began);
    await wait(50);
  }
  return took.sort((a, b) => a - b);
}

async function measure(run: TerminalRun, what: string): Promise<Record<string, string>> {
  const [cpu, main, bytes] = [cpuMs(run.pid), mainThreadMs(run.pid), run.raw().length];
  await wait(SECONDS * 1000);
  const share = (ms: number) => `${(ms / SECONDS / 10).toFixed(1)} %`;
  const row = {
    '': what,
    'CPU, whole': share(cpuMs(run.pid) - cpu),
    'CPU, main thread': share(mainThreadMs(run.pid) - main),
    'kB/s to the terminal': ((run.raw().length - bytes) / SECONDS / 1000).toFixed(1),
    'RSS, MB': residentMb(run.pid).toFixed(0),
  };
  const took = await pressesOf(run);
  const at = (share_: number) => `${(took[Math.floor((took.length - 1) * share_)] ?? 0).toFixed(0)} ms`;
  return { ...row, 'key to screen, p50': at(0.5), p95: at(0.95), max: at(1) };
}

const began = performance.now();
const run = runInTerminal('node', ['dist/main.js', '--fresh'], { columns: 120, rows: 40 });
await run.until('1 Pipeline');
const firstFrame = performance.now() - began;
await run.until(/● running +0:/);
const running = performance.now() - began;
await wait(3000);
const rest = await measure(run, 'at rest');
run.press(':load 100M\r');
await run.until('● under load');
await wait(3000);
const loaded = await measure(run, 'full load');
console.log(`first frame after ${firstFrame.toFixed(0)} ms, pipeline running after ${running.toFixed(0)} ms\n`);
console.table([rest, loaded]);
run.press('\u0003');
await run.ended;
run.close();
