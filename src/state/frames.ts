import { crc32 } from 'node:zlib';

/** Bytes before each payload: its length and its CRC-32, both unsigned 32-bit little-endian. */
export const FRAME_HEADER = 8;

/** No payload of ours is longer; a longer length can only be damage. */
export const LONGEST_PAYLOAD = 64 * 1024 * 1024;

/** A payload with its header. */
export function frame(payload: Uint8Array): Buffer {
  if (payload.length > LONGEST_PAYLOAD) throw new RangeError(`a frame of ${payload.length} bytes is too long`);
  const bytes = Buffer.allocUnsafe(FRAME_HEADER + payload.length);
  bytes.writeUInt32LE(payload.length, 0);
  bytes.writeUInt32LE(crc32(payload), 4);
  bytes.set(payload, FRAME_HEADER);
  return bytes;
}

/** Reads the bytes `from` to `from + length`, fewer at the end of the file. */
export type ReadAt = (from: number, length: number) => Promise<Buffer>;

/** The payload of the frame that starts at `from`; undefined if there is no whole and sound one. */
export async function readFrame(readAt: ReadAt, from: number): Promise<Buffer | undefined> {
  const header = await readAt(from, FRAME_HEADER);
  if (header.length < FRAME_HEADER) return undefined;
  const length = header.readUInt32LE(0);
  if (length > LONGEST_PAYLOAD) return undefined;
  const payload = await readAt(from + FRAME_HEADER, length);
  return payload.length === length && crc32(payload) === header.readUInt32LE(4) ? payload : undefined;
}
