import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { type Finding, ok, warn } from '../check.ts';

/** Connections, segments of the log and threads together stay far below this. */
const COMFORTABLE = 1_024;

/** Whether enough files and connections may be open at once. `limit` is undefined where there is none. */
export function checkOpenFiles(limit: number | undefined): Finding {
  if (limit === undefined) return ok('no limit is known here');
  const found = `up to ${limit.toLocaleString('en-US')} at once`;
  if (limit >= COMFORTABLE) return ok(found, { limit });
  return warn(`${found}: few for a broker under load`, `raise it with ulimit -n ${COMFORTABLE} or more`, { limit });
}

/** The soft limit of this process; undefined where there is none or nobody says. */
export async function openFileLimit(platform: string): Promise<number | undefined> {
  if (platform === 'win32') return undefined;
  if (platform === 'linux') return readLimits(await readFile('/proc/self/limits', 'utf8'));
  const { stdout } = await promisify(execFile)('/bin/sh', ['-c', 'ulimit -n']);
  return toLimit(stdout.trim());
}

/** Finds the soft limit in the text of /proc/self/limits (proc(5)). */
export function readLimits(text: string): number | undefined {
  return toLimit(/^Max open files\s+(\S+)/m.exec(text)?.[1] ?? '');
}

function toLimit(text: string): number | undefined {
  return /^\d+$/.test(text) ? Number(text) : undefined;
}
