import { appendFileSync, renameSync, statSync } from 'node:fs';
import type { Log } from './api.ts';

/** Two files of this size hold what the broker said last. */
const MAX_BYTES = 1024 * 1024;

/**
 * A log in the file at `path`, the one before it in `path`.1. Never throws: on a full disk the log is what can be done without.
 * Not on stderr, because a console that was stopped would let the pipe fill up and the broker wait.
 */
export function createFileLog(path: string, now: () => number): Log {
  let size = sizeOf(path);
  return (level, message) => {
    if (level === 'debug') return;
    const line = `${new Date(now()).toISOString()} ${level} ${message}\n`;
    try {
      if (size > MAX_BYTES) {
        renameSync(path, `${path}.1`);
        size = 0;
      }
      appendFileSync(path, line, { mode: 0o600 });
      size += Buffer.byteLength(line);
    } catch {
      return;
    }
  };
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}
