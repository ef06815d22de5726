/**
 * The whole pipeline on the embedded broker, as built: time to run, orders end to end, replay, CPU and memory of all its
 * processes. `npx tsx bench/pipeline.ts [ORDERS] [RUNS]`; prints one table, medians and ranges. CPU and memory are read
 * from /proc and left out elsewhere.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

type Line = { type: string; time: string; command?: string; event?: { type: string; forMs?: number }; data?: unknown };
type Measured = Record<string, number>;

const orders = Number(process.argv[2] ?? 100_000);
const runs = Number(process.argv[3] ?? 3);
const TICKS_A_SECOND = 100;

const script = [
  'wait event pipeline-running',
  'load 10k',
  'wait idle',
  'say warm',
  `load ${orders}`,
  'wait idle',
  'say loaded',
  'replay analytics --yes',
  'say done',
  'sleep 1m',
].join('; ');

/** CPU seconds and peak memory (MB) of a process and its children. */
function usageOf(pid: number): { cpu: number; rss: number } {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const own = {
    cpu: (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND,
    rss: Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024,
  };
  return children
    .map(Number)
    .map(usageOf)
    .reduce((sum, each) => ({ cpu: sum.cpu + each.cpu, rss: sum.rss + each.rss }), own);
}

function usage(pid: number): { cpu: number; rss: number } | undefined {
  try {
    return usageOf(pid);
  } catch {
    return undefined; // No /proc here.
  }
}

async function run(): Promise<Measured> {
  const program = spawn(process.execPath, ['dist/main.js', '--fresh', '--json', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const pid = program.pid as number;
  const at = new Map<string, number>();
  const measured: Measured = {};
  let before: ReturnType<typeof usage>;
  for await (const text of createInterface({ input: program.stdout })) {
    const line = JSON.parse(text) as Line;
    const key = line.type === 'event' ? (line.event?.type ?? '') : (line.command ?? '');
    at.set(key, Date.parse(line.time));
    if (line.event?.type === 'load-started') at.set('start', Date.parse(line.time));
    if (line.event?.type === 'pipeline-running') measured['pipeline running, ms'] = line.event.forMs ?? 0;
    if (key === 'say warm') {
      measured['10,000 orders to idle, ms'] = (at.get('wait idle') as number) - (at.get('start') as number);
      before = usage(pid);
    }
    if (key === 'say loaded') {
      const forMs = (at.get('wait idle') as number) - (at.get('start') as number);
      measured['orders a second, end to end'] = (orders / forMs) * 1000;
      const after = usage(pid);
      if (before && after) {
        measured['CPU s per 100,000 orders'] = ((after.cpu - before.cpu) / orders) * 100_000;
        measured['RSS of all processes, MB'] = after.rss;
      }
    }
    if (line.event?.type === 'replay-identical') {
      const { verdict } = line.event as unknown as { verdict: { records: number; forMs: number } };
      measured['replayed records a second'] = (verdict.records / verdict.forMs) * 1000;
    }
    if (key === 'say done') program.kill('SIGTERM');
  }
  return measured;
}

const results: Measured[] = [];
for (let n = 0; n < runs; n++) results.push(await run());

const whole = (value: number) => value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 2 : 0 });
console.log(`${orders.toLocaleString('en')} orders, ${runs} runs, Node ${process.version}`);
for (const name of Object.keys(results[0] ?? {})) {
  const values = results.map((r) => r[name] ?? Number.NaN).sort((a, b) => a - b);
  const median = values[Math.floor(values.length / 2)] as number;
  console.log(
    `${name.padEnd(30)} ${whole(median).padStart(9)}   ${whole(values[0] as number)} – ${whole(values.at(-1) as number)}`,
  );
}
