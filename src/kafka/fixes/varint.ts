/** How many bytes the zigzag varint of a whole number within ±2^53 takes (protobuf encoding, as in Kafka's records). */
export function sizeOfVarint(value: number): number {
  const zigzag = value < 0 ? -2 * value - 1 : 2 * value;
  if (zigzag < 128) return 1;
  if (zigzag < 16_384) return 2;
  if (zigzag < 2_097_152) return 3;
  let bytes = 4;
  for (let rest = zigzag / 268_435_456; rest >= 1; rest /= 128) bytes++;
  return bytes;
}

/** Writes the zigzag varint of a whole number within ±2^53 and gives the offset after it. */
export function writeVarint(bytes: Uint8Array, offset: number, value: number): number {
  let rest = value < 0 ? -2 * value - 1 : 2 * value;
  let at = offset;
  while (rest >= 2_147_483_648) {
    bytes[at++] = (rest % 128) + 128;
    rest = Math.floor(rest / 128);
  }
  while (rest >= 128) {
    bytes[at++] = (rest & 127) | 128;
    rest >>>= 7;
  }
  bytes[at++] = rest;
  return at;
}
