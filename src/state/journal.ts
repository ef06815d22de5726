import type { FileHandle } from 'node:fs/promises';
import { type Means, systemCode, writing } from './files.ts';
import { FRAME_HEADER, frame, type ReadAt, readFrame } from './frames.ts';

/** An append-only file of checked payloads. Calls must not overlap: one owner, one call at a time. */
export type Journal = {
  /** Bytes of sound frames: where the next one goes. Only what was synced lasts through a power cut. */
  readonly position: number;
  /** Bytes that were cut off when it was opened, because no sound frame stood there. */
  readonly torn: number;
  /** Appends a payload; gives the position after it. Crash point: `journal-appended`. */
  append(payload: Uint8Array): Promise<number>;
  /** Forces all that was appended to the disk. */
  sync(): Promise<void>;
  /** Forgets all from a position on that an append gave. */
  truncateTo(position: number): Promise<void>;
  /** The payloads from a position on that an append gave (0: all). */
  readFrom(position: number): AsyncIterable<Buffer>;
  close(): Promise<void>;
};

const CHUNK = 1024 * 1024;

/** Reads through one chunk, so that a frame costs no system call of its own. `refresh` forgets the chunk. */
function chunkedReader(file: FileHandle): { readAt: ReadAt; refresh: () => void } {
  let start = 0;
  let chunk: Buffer = Buffer.alloc(0);
  async function readAt(from: number, length: number): Promise<Buffer> {
    if (from < start || from + length > start + chunk.length) {
      const bytes = Buffer.allocUnsafe(Math.max(length, CHUNK));
      const { bytesRead } = await file.read(bytes, 0, bytes.length, from);
      [start, chunk] = [from, bytes.subarray(0, bytesRead)];
    }
    return chunk.subarray(from - start, from - start + length);
  }
  return { readAt, refresh: () => (chunk = Buffer.alloc(0)) };
}

async function soundEnd(readAt: ReadAt): Promise<number> {
  let position = 0;
  for (;;) {
    const payload = await readFrame(readAt, position);
    if (!payload) return position;
    position += FRAME_HEADER + payload.length;
  }
}

async function openFile(path: string, { files }: Means): Promise<FileHandle> {
  try {
    return await files.open(path, 'r+');
  } catch (thrown) {
    if (systemCode(thrown) !== 'ENOENT') throw thrown;
    return files.open(path, 'w+');
  }
}

/** Opens the journal at `path`, made if absent, and cuts off what a crash left half-written. */
export async function openJournal({ path, means }: { path: string; means: Means }): Promise<Journal> {
  const file = await writing(path, () => openFile(path, means));
  const { readAt, refresh } = chunkedReader(file);
  let position = await soundEnd(readAt);
  const torn = (await file.stat()).size - position;
  const truncateTo = (to: number) =>
    writing(path, async () => {
      await file.truncate(to);
      position = to;
      refresh();
    });
  if (torn > 0) await truncateTo(position);

  return {
    get position() {
      return position;
    },
    torn,
    append: (payload) =>
      writing(path, async () => {
        const bytes = frame(payload);
        await file.write(bytes, 0, bytes.length, position);
        position += bytes.length;
        refresh();
        await means.reached('journal-appended');
        return position;
      }),
    sync: () => writing(path, () => file.datasync()),
    truncateTo,
    async *readFrom(from) {
      for (let at = from; at < position; ) {
        const payload = await readFrame(readAt, at);
        if (!payload) throw new RangeError(`${path} has no frame at ${at}`);
        yield payload;
        at += FRAME_HEADER + payload.length;
      }
    },
    close: () => file.close(),
  };
}
