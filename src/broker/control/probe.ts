import type { LockFile } from '../folder/lock-file.ts';
import { type ControlLine, dial } from './line.ts';

/** How long a broker may take to say who it is; it does so between any two other things. */
const PATIENCE_MS = 3_000;

/** Whether the broker that a lock names is there, is about to go, has gone, or somebody listens and says nothing. */
export type Presence = 'there' | 'ending' | 'gone' | 'silent';

/** Asks the broker of a lock whether it still is that broker. */
export async function probe({ pid, controlPort, startId }: LockFile): Promise<Presence> {
  if (!isAlive(pid)) return 'gone';
  let line: ControlLine;
  try {
    line = await dial(controlPort);
  } catch (error) {
    // A broker listens there before it writes its lock and until it has removed it. Any other error is our own trouble.
    if ((error as NodeJS.ErrnoException).code === 'ECONNREFUSED') return 'gone';
    throw error;
  }
  const patience = new AbortController();
  try {
    const answer = await Promise.race([line.ask<'hello'>({ ask: 'hello' }), lapse(PATIENCE_MS, patience.signal)]);
    if (answer === undefined) return 'silent';
    if (answer.startId !== startId) return 'gone';
    return answer.ending ? 'ending' : 'there';
  } catch {
    // Hung up on us: its last moment, or too many connections. Whoever takes that for gone may take over a living broker.
    return 'ending';
  } finally {
    patience.abort();
    line.hangUp();
  }
}

/** Whether a process with this id runs, ours or not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function lapse(ms: number, signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), ms);
    signal.addEventListener('abort', () => clearTimeout(timer));
  });
}
