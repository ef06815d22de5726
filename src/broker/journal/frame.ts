import { crc32c } from '../protocol/crc32c.ts';

/** Length, checksum, version: what stands before each payload. */
const HEAD_BYTES = 9;

/** No frame of ours comes near; a longer length is damage. */
const MAX_PAYLOAD_BYTES = 64 * 1024 * 1024;

/** One frame: length of the payload, CRC-32C of version and payload, version, payload; integers big-endian. */
export function encodeFrame(version: number, payload: string): Buffer {
  const frame = Buffer.allocUnsafe(HEAD_BYTES + Buffer.byteLength(payload));
  frame.writeUInt32BE(frame.length - HEAD_BYTES, 0);
  frame.writeUInt8(version, 8);
  frame.write(payload, HEAD_BYTES);
  frame.writeUInt32BE(crc32c(frame, 8), 4);
  return frame;
}

/** What `decodeFrames` found: the payloads, and how many bytes of them were whole. */
export type Frames = { payloads: string[]; goodBytes: number };

/** Reads frames up to the first that is cut off or damaged. Throws on a version above `version`: a newer program wrote it. */
export function decodeFrames(bytes: Buffer, version: number): Frames {
  const payloads: string[] = [];
  let at = 0;
  while (at + HEAD_BYTES <= bytes.length) {
    const length = bytes.readUInt32BE(at);
    const end = at + HEAD_BYTES + length;
    if (length > MAX_PAYLOAD_BYTES || end > bytes.length) break;
    if (crc32c(bytes, at + 8, end) !== bytes.readUInt32BE(at + 4)) break;
    const written = bytes.readUInt8(at + 8);
    if (written > version) throw new Error(`format ${written} is newer than ${version}, which this version reads`);
    payloads.push(bytes.toString('utf8', at + HEAD_BYTES, end));
    at = end;
  }
  return { payloads, goodBytes: at };
}
