import { isAlive, type Presence } from '../control/probe.ts';
import { createLock, type LockFile, readLock, removeLock } from './lock-file.ts';

/** The lock is ours, or it is another broker's, which answers or keeps silent. */
export type Claim = { held: true } | { held: false; by: LockFile; presence: Exclude<Presence, 'gone'> };

/**
 * Claims the folder whose lock is at `path`. A lock whose broker has gone is taken over. However many try at once, exactly one
 * gets it.
 */
export async function claim(
  path: string,
  mine: LockFile,
  probe: (lock: LockFile) => Promise<Presence>,
): Promise<Claim> {
  for (;;) {
    if (createLock(path, mine)) return { held: true };
    const current = readLock(path);
    if (!current) continue;
    const presence = await probe(current);
    if (presence !== 'gone') return { held: false, by: current, presence };
    removeStale(path, current, mine);
  }
}

/**
 * Removes a lock whose broker has gone. Only who holds the guard named after that very start may, and looks again while
 * holding it: a lock made meanwhile by somebody faster is never removed. A guard whose holder died is removed likewise.
 */
function removeStale(path: string, stale: LockFile, mine: LockFile): void {
  const guard = `${path}.${stale.startId}`;
  if (createLock(guard, mine)) {
    removeLock(path, stale.startId);
    removeLock(guard, mine.startId);
    return;
  }
  const holder = readLock(guard);
  if (holder && !isAlive(holder.pid)) removeStale(guard, holder, mine);
}
