import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** Says which broker has the folder. */
export type LockFile = {
  pid: number;
  /** Unique for every start; the control port answers with it. */
  startId: string;
  /** Where Kafka clients connect; 0 while the broker recovers. */
  port: number;
  controlPort: number;
  /** Milliseconds since the epoch. */
  startedAt: number;
  /** Format of the folder, as in format.json. */
  format: number;
};

/** What is read where a lock should be and none can be made out. */
const UNREADABLE: LockFile = { pid: 0, startId: 'unreadable', port: 0, controlPort: 0, startedAt: 0, format: 0 };

/** The lock at `path`; undefined if there is none. */
export function readLock(path: string): LockFile | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return { ...UNREADABLE, ...(JSON.parse(text) as Partial<LockFile>) };
  } catch {
    return UNREADABLE;
  }
}

/** Makes the lock if there is none, whole from the first moment on; says whether it did. */
export function createLock(path: string, lock: LockFile): boolean {
  const aside = write(path, lock);
  try {
    linkSync(aside, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    return createWithoutLink(path, lock);
  } finally {
    rmSync(aside, { force: true });
  }
}

/** Puts new words into a lock that is ours. */
export function rewriteLock(path: string, lock: LockFile): void {
  renameSync(write(path, lock), path);
}

/** Takes our lock away; another's stays. */
export function removeLock(path: string, startId: string): void {
  if (readLock(path)?.startId === startId) rmSync(path, { force: true });
}

function write(path: string, lock: LockFile): string {
  const aside = `${path}.${lock.startId}.tmp`;
  writeFileSync(aside, `${JSON.stringify(lock)}\n`, { mode: 0o600 });
  return aside;
}

/** Some file systems have no links; there a reader may see the lock for a moment before it is whole. */
function createWithoutLink(path: string, lock: LockFile): boolean {
  try {
    writeFileSync(path, `${JSON.stringify(lock)}\n`, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
