/** Grown when a longer text comes; texts here are ids and topic names. */
let scratch = Buffer.alloc(1024);

/** The latest result of `encodeUtf8`; overwritten by the next call. */
export type Encoded = { bytes: Buffer; length: number };

const encoded: Encoded = { bytes: scratch, length: 0 };

function putCodePoint(point: number, at: number): number {
  let next = at;
  if (point < 0x80) {
    scratch[next++] = point;
    return next;
  }
  if (point < 0x800) {
    scratch[next++] = 0xc0 | (point >>> 6);
  } else {
    if (point < 0x10000) scratch[next++] = 0xe0 | (point >>> 12);
    else {
      scratch[next++] = 0xf0 | (point >>> 18);
      scratch[next++] = 0x80 | ((point >>> 12) & 0x3f);
    }
    scratch[next++] = 0x80 | ((point >>> 6) & 0x3f);
  }
  scratch[next++] = 0x80 | (point & 0x3f);
  return next;
}

/**
 * A text as UTF-8 bytes in a buffer that the next call overwrites. A lone surrogate takes its three-byte form, where
 * Node would write U+FFFD for all of them: two ids that differ must not become one.
 */
export function encodeUtf8(text: string): Encoded {
  if (text.length * 3 > scratch.length) scratch = Buffer.alloc(text.length * 6);
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) {
      scratch[length++] = unit;
      continue;
    }
    const point = text.codePointAt(i) as number;
    if (point > 0xffff) i++;
    length = putCodePoint(point, length);
  }
  encoded.bytes = scratch;
  encoded.length = length;
  return encoded;
}
