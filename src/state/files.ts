import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { LunchrushError } from '../errors.ts';

/** What this room needs of a file system: Node's promises, or a test's stand-in that fails where it is told. */
export type Files = {
  mkdir: typeof mkdir;
  open: typeof open;
  readdir: typeof readdir;
  readFile: typeof readFile;
  rename: typeof rename;
  rm: typeof rm;
  stat: typeof stat;
};

/** The machine's own file system. */
export const machineFiles: Files = { mkdir, open, readdir, readFile, rename, rm, stat };

/** Called at named points between two effects; only a test's own does anything there, such as ending the process. */
export type Reached = (point: string) => void | Promise<void>;

/** What the writers of this room are handed. */
export type Means = { files: Files; reached: Reached };

/** The means of the running program. */
export const machineMeans: Means = { files: machineFiles, reached: () => undefined };

/** The system's code of a failed call, such as `ENOENT`; empty if it has none. */
export function systemCode(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  return typeof code === 'string' ? code : '';
}

const FULL = new Set(['ENOSPC', 'EDQUOT']);
const NOT_WRITABLE = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR']);

/** A failed write as an error that says what to do; errors of another kind stay as they are. */
export function toDataError(thrown: unknown, path: string): unknown {
  const code = systemCode(thrown);
  if (FULL.has(code)) return new LunchrushError('DATA_FULL', `no space left to write ${path}`, { cause: thrown });
  if (NOT_WRITABLE.has(code)) {
    return new LunchrushError('DATA_NOT_WRITABLE', `${path} is not writable (${code})`, { cause: thrown });
  }
  return thrown;
}

/** Runs a write; a failure becomes an error that names the path. */
export async function writing<T>(path: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (thrown) {
    throw toDataError(thrown, path);
  }
}

/** Runs a read; gives undefined where there is no such file. */
export async function unlessAbsent<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (thrown) {
    if (systemCode(thrown) === 'ENOENT') return undefined;
    throw thrown;
  }
}
