/**
 * The one hash of the pipeline: MurmurHash3_x86_128 with seed 0 (Austin Appleby, public domain;
 * https://github.com/aappleby/smhasher/blob/master/src/MurmurHash3.cpp). It is multiplicative, fixed and costs tens of
 * nanoseconds an id. It is not meant to resist an attacker who picks ids so that they collide.
 */

/** A 128-bit hash as four 32-bit lanes, h1 to h4 in the algorithm's words. */
export type Lanes = Int32Array;

/** Room for one hash. */
export function createLanes(): Lanes {
  return new Int32Array(4);
}

const C1 = 0x239b961b;
const C2 = 0xab0e9789;
const C3 = 0x38b34ae5;
const C4 = 0xa1e38b93;

function mix(word: number, first: number, turn: number, second: number): number {
  const product = Math.imul(word, first);
  return Math.imul((product << turn) | (product >>> (32 - turn)), second);
}

function turnAndAdd(lane: number, turn: number, next: number, constant: number): number {
  return (Math.imul(((lane << turn) | (lane >>> (32 - turn))) + next, 5) + constant) | 0;
}

function avalanche(lane: number): number {
  let h = lane ^ (lane >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/**
 * Hashes `length` bytes that stand in `words` as little-endian 32-bit words, zero-padded to a full block of four words.
 * Zero padding is what the algorithm does with a short tail, so no byte-wise tail is needed.
 */
export function hashWords(words: Int32Array, length: number, out: Lanes): void {
  let h1 = 0;
  let h2 = 0;
  let h3 = 0;
  let h4 = 0;
  const blocks = length >>> 4;
  let at = 0;
  for (let block = 0; block < blocks; block++, at += 4) {
    h1 = turnAndAdd(h1 ^ mix(words[at] as number, C1, 15, C2), 19, h2, 0x561ccd1b);
    h2 = turnAndAdd(h2 ^ mix(words[at + 1] as number, C2, 16, C3), 17, h3, 0x0bcaa747);
    h3 = turnAndAdd(h3 ^ mix(words[at + 2] as number, C3, 17, C4), 15, h4, 0x96cd1c35);
    h4 = turnAndAdd(h4 ^ mix(words[at + 3] as number, C4, 18, C1), 13, h1, 0x32ac3b17);
  }
  if ((length & 15) > 0) {
    h1 ^= mix(words[at] as number, C1, 15, C2);
    h2 ^= mix(words[at + 1] as number, C2, 16, C3);
    h3 ^= mix(words[at + 2] as number, C3, 17, C4);
    h4 ^= mix(words[at + 3] as number, C4, 18, C1);
  }
  finish(h1 ^ length, h2 ^ length, h3 ^ length, h4 ^ length, out);
}

function finish(a: number, b: number, c: number, d: number, out: Lanes): void {
  const sum = (a + b + c + d) | 0;
  const h1 = avalanche(sum);
  const h2 = avalanche(b + sum);
  const h3 = avalanche(c + sum);
  const h4 = avalanche(d + sum);
  const total = (h1 + h2 + h3 + h4) | 0;
  out[0] = total;
  out[1] = h2 + total;
  out[2] = h3 + total;
  out[3] = h4 + total;
}

/** Grown when a longer input comes; order ids never need more than these 256 bytes. */
let packed = new Int32Array(64 + 4);

/** Hashes the bytes `from` to `to` (exclusive). */
export function hashBytes(bytes: Uint8Array, from: number, to: number, out: Lanes): void {
  const length = to - from;
  const words = ((length + 15) >>> 4) << 2;
  if (words > packed.length) packed = new Int32Array(words * 2);
  const whole = length >>> 2;
  let at = from;
  for (let word = 0; word < whole; word++, at += 4) {
    packed[word] =
      (bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24);
  }
  for (let word = whole; word < words; word++) packed[word] = 0;
  for (let shift = 0; at < to; at++, shift += 8)
    packed[whole] = (packed[whole] as number) | ((bytes[at] as number) << shift);
  hashWords(packed, length, out);
}
