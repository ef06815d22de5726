import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type Finding, fail, ok, warn } from '../check.ts';
import { bytes } from '../words.ts';

const ELSEWHERE = 'or choose another folder with --data-dir';

/**
 * Whether the data folder and the folder in it are there and may be written, or can be made. Nothing is made, and nothing
 * written.
 */
export async function checkFolder(folder: string, inner: string): Promise<Finding> {
  const path = resolve(folder);
  const whole = await nearestOf(path);
  const data = { path, exists: whole.nearest === path };
  for (const { nearest, isFolder } of [whole, await nearestOf(join(path, inner))]) {
    if (!isFolder) return fail(`${nearest} is a file, no folder`, `move it away, ${ELSEWHERE}`, data);
    try {
      await access(nearest, constants.W_OK | constants.X_OK);
    } catch {
      return fail(`${nearest} may not be written`, `give yourself the right to write there, ${ELSEWHERE}`, data);
    }
  }
  return ok(data.exists ? path : `${path}, will be made`, data);
}

/** Below this a start fails or soon will; below the other one it is told. */
const TOO_LITTLE = 16 * 1024 ** 2;
const COMFORTABLE = 1024 ** 3;

/** Whether the disk under the data folder has room. */
export async function checkSpace(folder: string): Promise<Finding> {
  const { nearest } = await nearestOf(resolve(folder));
  const { bavail, bsize, blocks } = await statfs(nearest);
  return judgeSpace(bavail * bsize, blocks * bsize);
}

/** Judges the room on a disk, in bytes. */
export function judgeSpace(free: number, total: number): Finding {
  const data = { free, total };
  const found = `${bytes(free)} free of ${bytes(total)}`;
  if (free < TOO_LITTLE) return fail(found, `free some space, ${ELSEWHERE}`, data);
  if (free < COMFORTABLE) return warn(found, `a load test fills that soon: free some space, ${ELSEWHERE}`, data);
  return ok(found, data);
}

/** The path itself, or the lowest thing above it that is there. */
async function nearestOf(path: string): Promise<{ nearest: string; isFolder: boolean }> {
  for (let nearest = path; ; nearest = dirname(nearest)) {
    const found = await stat(nearest).catch(() => undefined);
    if (found) return { nearest, isFolder: found.isDirectory() };
    if (dirname(nearest) === nearest) return { nearest, isFolder: true };
  }
}
