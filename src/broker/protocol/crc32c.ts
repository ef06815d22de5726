/** Castagnoli's polynomial, reflected. */
const POLYNOMIAL = 0x82f63b78;
/** Bytes taken in one step ("slicing by 16"). */
const STEP = 16;

/** Table k of 256, one behind the other: the checksum of a byte that is followed by k zero bytes. */
const TABLES = makeTables();

function makeTables(): Int32Array {
  const tables = new Int32Array(STEP * 256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
    tables[byte] = crc;
  }
  for (let at = 256; at < tables.length; at++) {
    const crc = tables[at - 256] as number;
    tables[at] = (crc >>> 8) ^ (tables[crc & 0xff] as number);
  }
  return tables;
}

/** CRC-32C of `bytes` from `start` to `end`, as an unsigned 32-bit number. */
export function crc32c(bytes: Uint8Array, start = 0, end = bytes.length): number {
  const aligned = Math.min(end, start + ((4 - ((bytes.byteOffset + start) & 3)) & 3));
  const steps = Math.floor((end - aligned) / STEP);
  const middle = aligned + steps * STEP;
  let crc = byBytes(-1, bytes, start, aligned);
  // Words are read as the machine holds them: every machine that Node runs on holds the lowest byte first.
  if (steps > 0) crc = byWords(crc, new Int32Array(bytes.buffer, bytes.byteOffset + aligned, steps * 4));
  return ~byBytes(crc, bytes, middle, end) >>> 0;
}

function byBytes(from: number, bytes: Uint8Array, start: number, end: number): number {
  const tables = TABLES;
  let crc = from;
  for (let at = start; at < end; at++) crc = (crc >>> 8) ^ (tables[(crc ^ (bytes[at] as number)) & 0xff] as number);
  return crc;
}

function byWords(from: number, words: Int32Array): number {
  const tables = TABLES;
  let crc = from;
  for (let at = 0; at < words.length; at += 4) {
    crc =
      fold(tables, crc ^ (words[at] as number), 3072) ^
      fold(tables, words[at + 1] as number, 2048) ^
      fold(tables, words[at + 2] as number, 1024) ^
      fold(tables, words[at + 3] as number, 0);
  }
  return crc;
}

/** What the four bytes of a word leave behind, `base` entries of the tables before the end of the step. */
function fold(tables: Int32Array, word: number, base: number): number {
  return (
    (tables[base + 768 + (word & 0xff)] as number) ^
    (tables[base + 512 + ((word >>> 8) & 0xff)] as number) ^
    (tables[base + 256 + ((word >>> 16) & 0xff)] as number) ^
    (tables[base + (word >>> 24)] as number)
  );
}
