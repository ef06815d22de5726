import { readFileSync, statSync } from 'node:fs';
import { refuse } from './refuse.ts';

const REASONS: Record<string, string> = {
  ENOENT: 'does not exist',
  EACCES: 'may not be read by us',
  EPERM: 'may not be read by us',
  EISDIR: 'is a folder',
  ENOTDIR: 'does not exist',
};

/** The bytes of a file that an option names. Throws OPTIONS_WRONG with the option, the file and the reason. */
export function readBytes(path: string, says: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const code = codeOf(error);
    throw refuse(`${says}: ${path} ${REASONS[code] ?? `cannot be read (${code})`}`, 'name a file that can be read');
  }
}

/** The same as text. */
export function readText(path: string, says: string): string {
  return readBytes(path, says).toString('utf8');
}

/** Whether a path is there at all; one that may not be looked at counts as there, so that reading says why. */
export function isThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return true;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}
