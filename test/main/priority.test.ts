import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runInTerminal } from '../rig/terminal.ts';

/** How nice each thread of a process is: field 19 of /proc/PID/task/TID/stat (proc(5)). */
function nicenessOf(pid: number): { drawing: number; others: number[] } {
  const nice = (thread: string) => {
    const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(') ') + 2).split(' ')[16]);
  };
  const others = readdirSync(`/proc/${pid}/task`).filter((thread) => thread !== String(pid));
  return { drawing: nice(String(pid)), others: others.map(nice) };
}

test.runIf(process.platform === 'linux')('workers under a console give way to the thread that draws it', async () => {
  const run = runInTerminal('node', ['dist/main.js', '--fresh'], { columns: 80, rows: 24 });
  try {
    // The row of the broker alone says so earlier.
    await run.until(/LUNCHRUSH.*● running/);
    const { drawing, others } = nicenessOf(run.pid);
    expect(others.filter((nice) => nice > drawing)).toHaveLength(2);
    run.press('q');
    expect((await run.ended).code).toBe(0);
  } finally {
    run.close();
  }
});
