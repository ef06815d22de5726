/** A cursor over bytes for the variable-length integers inside records. */
export type Cursor = { bytes: Buffer; at: number; readonly end: number };

/** A zigzag integer of up to 64 bits as a number; NaN where the bytes end before it does. */
export function readVarint(cursor: Cursor): number {
  let value = 0;
  let scale = 1;
  for (let i = 0; i < 10; i++) {
    if (cursor.at >= cursor.end) return Number.NaN;
    const byte = cursor.bytes[cursor.at++] as number;
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    scale *= 128;
  }
  return Number.NaN;
}
