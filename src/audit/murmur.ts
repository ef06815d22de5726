/**
 * MurmurHash3_x86_128 as its reference writes it, byte by byte. The audit has its own, so that a fault in the hash of
 * the workers cannot hide from it.
 */

const MULTIPLIERS = [0x239b961b, 0xab0e9789, 0x38b34ae5, 0xa1e38b93] as const;
const WORD_TURNS = [15, 16, 17, 18] as const;
const LANE_TURNS = [19, 17, 15, 13] as const;
const ADDENDS = [0x561ccd1b, 0x0bcaa747, 0x96cd1c35, 0x32ac3b17] as const;

function rotate(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}

function scramble(word: number, lane: number): number {
  const turned = rotate(Math.imul(word, MULTIPLIERS[lane] as number), WORD_TURNS[lane] as number);
  return Math.imul(turned, MULTIPLIERS[(lane + 1) & 3] as number);
}

function wordAt(bytes: Buffer, at: number, end: number): number {
  if (at + 4 <= end) return bytes.readInt32LE(at);
  let word = 0;
  for (let i = 0; at + i < end; i++) word |= (bytes[at + i] as number) << (8 * i);
  return word;
}

function finalMix(value: number): number {
  const once = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return twice ^ (twice >>> 16);
}

function addAll(h: Int32Array): void {
  h[0] = (h[0] as number) + (h[1] as number) + (h[2] as number) + (h[3] as number);
  for (let lane = 1; lane < 4; lane++) h[lane] = (h[lane] as number) + (h[0] as number);
}

/** Hashes the first `length` bytes, seed 0, into `h`. */
export function murmur128(bytes: Buffer, length: number, h: Int32Array): void {
  h.fill(0);
  const body = length - (length % 16);
  for (let block = 0; block < body; block += 16) {
    for (let lane = 0; lane < 4; lane++) {
      const mixed = rotate(
        (h[lane] as number) ^ scramble(bytes.readInt32LE(block + lane * 4), lane),
        LANE_TURNS[lane] as number,
      );
      h[lane] = Math.imul(mixed + (h[(lane + 1) & 3] as number), 5) + (ADDENDS[lane] as number);
    }
  }
  for (let lane = 0; lane < 4; lane++) {
    const word = wordAt(bytes, body + lane * 4, length);
    h[lane] = (h[lane] as number) ^ scramble(word, lane) ^ length;
  }
  addAll(h);
  for (let lane = 0; lane < 4; lane++) h[lane] = finalMix(h[lane] as number);
  addAll(h);
}
