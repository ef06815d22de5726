import { closeSync, constants, fdatasync, fdatasyncSync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';

/** How long written bytes may stay in the page cache only; they survive the death of this process at once. */
const SYNC_AFTER_MS = 1_000;

/** A file that grows at its end and never keeps half an entry. */
export type AppendFile = {
  readonly size: number;
  /** Writes all of `bytes` or none: after an error the file is cut back to what it was, and the error thrown. */
  append(bytes: Buffer): void;
  truncate(size: number): void;
  /** Brings everything to the disk and closes. */
  close(): void;
};

type Timer = (ms: number, fire: () => void) => () => void;

/** Opens or makes the file at `path`. */
export function openAppendFile(path: string, setTimer: Timer): AppendFile {
  const fd = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  let size = fstatSync(fd).size;
  let cancelSync: (() => void) | undefined;

  const syncSoon = () => {
    cancelSync ??= setTimer(SYNC_AFTER_MS, () => {
      cancelSync = undefined;
      // A failure shows at the next append; there is nobody to tell now.
      fdatasync(fd, () => {});
    });
  };
  const writeAll = (bytes: Buffer) => {
    let done = 0;
    while (done < bytes.length) done += writeSync(fd, bytes, done, bytes.length - done, size + done);
  };
  return {
    get size() {
      return size;
    },
    append(bytes) {
      try {
        writeAll(bytes);
      } catch (error) {
        ftruncateSync(fd, size);
        throw error;
      }
      size += bytes.length;
      syncSoon();
    },
    truncate(to) {
      ftruncateSync(fd, to);
      size = to;
    },
    close() {
      cancelSync?.();
      fdatasyncSync(fd);
      closeSync(fd);
    },
  };
}
