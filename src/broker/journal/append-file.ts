import type { Clock } from '../api.ts';
import type { LogFile } from '../log/log-file.ts';

/** How long written bytes may stay in the page cache only; they survive the death of this process at once. */
const SYNC_AFTER_MS = 1_000;

/** A file that grows at its end and never keeps half an entry. */
export type AppendFile = {
  readonly size: number;
  /** Writes all of `bytes` or none: after an error the file is cut back to what it was, and the error thrown. */
  append(bytes: Buffer): void;
  truncate(size: number): void;
  readAll(): Buffer;
  /** Brings everything to the disk and closes. */
  close(): Promise<void>;
};

/** Appends to `file`, from its end on. */
export function createAppendFile(file: LogFile, { setTimer }: Clock): AppendFile {
  let size = file.size();
  let cancelSync: (() => void) | undefined;
  const sync = () => {
    cancelSync = undefined;
    // A failure shows at the next append; there is nobody to tell now.
    file.sync().catch(() => {});
  };
  const append = (bytes: Buffer) => {
    try {
      file.write(bytes, size);
    } catch (error) {
      file.truncate(size);
      throw error;
    }
    size += bytes.length;
    cancelSync ??= setTimer(SYNC_AFTER_MS, sync);
  };
  return {
    get size() {
      return size;
    },
    append,
    truncate(to) {
      file.truncate(to);
      size = to;
    },
    readAll() {
      const bytes = Buffer.alloc(size);
      return bytes.subarray(0, file.read(bytes, 0));
    },
    async close() {
      cancelSync?.();
      await file.sync();
      file.close();
    },
  };
}
