import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Reached } from '../api.ts';

/** Puts `chunks` in the place of the file at `path`, all or nothing, also when the power goes: aside, fsync, rename, fsync of the folder. */
export function replaceFile(path: string, chunks: Iterable<Buffer>, reached: Reached): void {
  const aside = `${path}.tmp`;
  const fd = openSync(aside, 'w', 0o600);
  try {
    for (const chunk of chunks) writeWhole(fd, chunk);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  reached('journal.snapshot-written');
  renameSync(aside, path);
  syncFolder(dirname(path));
  reached('journal.snapshot-renamed');
}

function writeWhole(fd: number, bytes: Buffer): void {
  let done = 0;
  while (done < bytes.length) done += writeSync(fd, bytes, done);
}

/** Not every system lets a folder be opened; where it does not, the rename needs no help. */
function syncFolder(path: string): void {
  try {
    const fd = openSync(path, 'r');
    fsyncSync(fd);
    closeSync(fd);
  } catch {
    return;
  }
}
