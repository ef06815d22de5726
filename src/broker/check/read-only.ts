import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { LogFile } from '../log/log-file.ts';

/** A file that can only be looked at. */
export type ReadOnlyFile = Pick<LogFile, 'size' | 'read' | 'close'>;

/** Opens a file for reading; throws Node's error if it is not there. */
export function openReadOnly(path: string): ReadOnlyFile {
  const fd = openSync(path, 'r');
  return {
    size: () => fstatSync(fd).size,
    read: (bytes, position) => {
      let done = 0;
      while (done < bytes.length) {
        const count = readSync(fd, bytes, done, bytes.length - done, position + done);
        if (count === 0) break;
        done += count;
      }
      return done;
    },
    close: () => closeSync(fd),
  };
}

const WINDOW = 64 * 1024;

/** Whether there is nothing but zeros from `start` to `end`: what a machine that died can leave of an append. */
export function isZero(file: Pick<LogFile, 'read'>, start: number, end: number): boolean {
  const window = Buffer.alloc(Math.min(WINDOW, end - start));
  for (let at = start; at < end; at += window.length) {
    const count = file.read(window.subarray(0, Math.min(window.length, end - at)), at);
    if (window.subarray(0, count).some((byte) => byte !== 0)) return false;
  }
  return true;
}
