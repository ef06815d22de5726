import {
  closeSync,
  constants,
  fdatasync,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { promisify } from 'node:util';

const openFlags = constants.O_RDWR | constants.O_CREAT;
const fdatasyncLater = promisify(fdatasync);

/** The calls that a log makes on a file, so that a test can hand in one that is full or broken. */
export type LogFile = {
  readonly path: string;
  size(): number;
  /** Writes all bytes at `position`; throws Node's error (ENOSPC, EIO) with some of them perhaps written. */
  write(bytes: Buffer, position: number): void;
  /** Fills `bytes` from `position`; returns how many there were. */
  read(bytes: Buffer, position: number): number;
  truncate(size: number): void;
  /** Resolves when all that was written before is on the disk. */
  sync(): Promise<void>;
  close(): void;
  remove(): void;
};

/** How files are opened; created if they are not there. */
export type OpenFile = (path: string) => LogFile;

/** A real file. Reads and writes are synchronous: they meet the page cache, and an append is done when it returns. */
export const openLogFile: OpenFile = (path) => {
  const fd = openSync(path, openFlags, 0o644);
  let isOpen = true;
  return {
    path,
    size: () => fstatSync(fd).size,
    write: (bytes, position) => {
      for (let done = 0; done < bytes.length; )
        done += writeSync(fd, bytes, done, bytes.length - done, position + done);
    },
    read: (bytes, position) => {
      let done = 0;
      while (done < bytes.length) {
        const count = readSync(fd, bytes, done, bytes.length - done, position + done);
        if (count === 0) break;
        done += count;
      }
      return done;
    },
    truncate: (size) => ftruncateSync(fd, size),
    sync: () => fdatasyncLater(fd),
    close: () => {
      if (isOpen) closeSync(fd);
      isOpen = false;
    },
    remove: () => unlinkSync(path),
  };
};
