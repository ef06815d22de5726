import { rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { LunchrushError } from '../errors.ts';

/** What is in the way of a file, and what to do about it. */
type Obstacle = { says(path: string): string; fix: string };

const ELSEWHERE = 'save it in a folder that is yours';
const DENIED: Obstacle = { says: (path) => `${path} may not be written by you`, fix: ELSEWHERE };
const FULL: Obstacle = {
  says: (path) => `there is no space left for ${path}`,
  fix: 'free some, or save it on another disk',
};

/** By the code that Node gives. */
const OBSTACLES: Readonly<Record<string, Obstacle>> = {
  EEXIST: {
    says: (path) => `${path} is there already, and is left as it is`,
    fix: 'save under another name, or remove it first',
  },
  EISDIR: { says: (path) => `${path} is a folder`, fix: 'name a file in it' },
  ENOENT: { says: (path) => `the folder ${dirname(path)} is not there`, fix: 'make it first, or save elsewhere' },
  ENOTDIR: { says: (path) => `${dirname(path)} is no folder`, fix: 'save it in a folder' },
  EACCES: DENIED,
  EPERM: DENIED,
  EROFS: { says: (path) => `${path} is on a disk that can only be read`, fix: ELSEWHERE },
  ENOSPC: FULL,
  EDQUOT: FULL,
  ENAMETOOLONG: { says: () => 'the name of that file is too long', fix: 'save under a shorter one' },
};

/**
 * Writes a text into a new file, never over one that is there.
 * @throws {LunchrushError} COMMAND_FAILED with what is in the way and what to do
 */
export async function saveNew(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx' });
  } catch (thrown) {
    throw await explained(path, thrown);
  }
}

async function explained(path: string, thrown: unknown): Promise<LunchrushError> {
  const code = await codeOf(path, thrown);
  // What was begun and found no space is of no use.
  if (OBSTACLES[code] === FULL) await rm(path, { force: true }).catch(() => undefined);
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const { says, fix } = OBSTACLES[code] ?? { says: () => `${path} cannot be written: ${message}`, fix: ELSEWHERE };
  return new LunchrushError('COMMAND_FAILED', says(path), { fix, cause: thrown });
}

/** A folder of that name is told like any file of that name, when only a new file will do. */
async function codeOf(path: string, thrown: unknown): Promise<string> {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  const isFolder =
    code === 'EEXIST' &&
    (await stat(path).then(
      (found) => found.isDirectory(),
      () => false,
    ));
  return isFolder ? 'EISDIR' : code;
}
