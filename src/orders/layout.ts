/** Reads a value byte by byte in the layout that encode.ts writes. Every function gives -1 for "not our layout". */

const QUOTE = 0x22;
const ZERO = 0x30;

/** 1 for bytes that stand for themselves in a JSON string: ASCII without quote, backslash and control characters. */
const PLAIN = new Uint8Array(256);
PLAIN.fill(1, 0x20, 0x80);
PLAIN[QUOTE] = 0;
PLAIN[0x5c] = 0;

/** The bytes of a fixed part. */
export function literal(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'latin1'));
}

/** The position after a fixed part that must stand at `at`. */
export function skip(bytes: Uint8Array, at: number, part: Uint8Array): number {
  const { length } = part;
  if (at < 0 || at + length > bytes.length) return -1;
  for (let i = 0; i < length; i++) {
    if (bytes[at + i] !== part[i]) return -1;
  }
  return at + length;
}

/** The position of the quote that closes a string whose text begins at `at`, if that text is plain. */
export function closingQuote(bytes: Uint8Array, at: number): number {
  if (at < 0) return -1;
  const { length } = bytes;
  let end = at;
  while (end < length && PLAIN[bytes[end] as number] === 1) end++;
  return end < length && bytes[end] === QUOTE ? end : -1;
}

/** The position after a whole number of at most 15 digits, which a JS number holds exactly. */
export function digitsEnd(bytes: Uint8Array, at: number): number {
  if (at < 0) return -1;
  let end = at;
  while (end < bytes.length && ((bytes[end] as number) - ZERO) >>> 0 < 10) end++;
  const length = end - at;
  if (length === 0 || length > 15) return -1;
  return length > 1 && bytes[at] === ZERO ? -1 : end;
}

/** The number that the digits `from` to `to` spell. */
export function digitsValue(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) value = value * 10 + (bytes[i] as number) - ZERO;
  return value;
}
