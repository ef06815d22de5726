import { join } from 'node:path';
import { probe } from '../control/probe.ts';
import { LaunchError } from '../launch-error.ts';
import { claim } from './claim.ts';
import { type LockFile, removeLock, rewriteLock } from './lock-file.ts';
import { FORMAT } from './prepare.ts';

/** Name of the lock in the data folder. */
export const LOCK = 'lock.json';

/** A folder that is ours until we release it. */
export type ClaimedFolder = { tellPort(port: number): void; release(): void };

/** Claims the data folder for one start of a broker; throws a LaunchError `locked` if another broker has it. */
export async function claimFolder(
  dataDir: string,
  start: Pick<LockFile, 'startId' | 'pid' | 'controlPort' | 'startedAt'>,
): Promise<ClaimedFolder> {
  const path = join(dataDir, LOCK);
  const lock: LockFile = { ...start, port: 0, format: FORMAT };
  const claimed = await claim(path, lock, probe);
  if (!claimed.held) throw lockedBy(claimed.by, dataDir);
  return {
    tellPort: (port) => rewriteLock(path, { ...lock, port }),
    release: () => removeLock(path, lock.startId),
  };
}

/** The sentence for a folder that another broker has. */
export function lockedBy({ pid }: LockFile, dataDir: string, manner = 'is used by'): LaunchError {
  return new LaunchError('locked', `${dataDir} ${manner} the broker with process id ${pid}`);
}
