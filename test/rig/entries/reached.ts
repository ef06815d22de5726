import { openSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
import type { CrashPoint } from '../crash.ts';

const counts = new Map<string, number>();

/** Whether this death has not been died yet: over all threads and processes each point kills once. */
function isFirst(mark: string): boolean {
  try {
    openSync(mark, 'wx');
    return true;
  } catch {
    return false;
  }
}

/** Ends the thread, or the process as a power cut would, at the points that the environment names. */
export function reached(name: string): void {
  const points = JSON.parse(process.env['CRASH_AT'] ?? '[]') as (CrashPoint & { mark: string })[];
  const count = (counts.get(name) ?? 0) + 1;
  counts.set(name, count);
  const due = points.find(({ point, nth }) => point === name && count >= nth);
  if (!due || !isFirst(due.mark)) return;
  if (due.how === 'thread' && !isMainThread) process.exit(1);
  process.kill(process.pid, 'SIGKILL');
  // The signal is on its way: not one instruction of ours may follow.
  for (;;);
}
