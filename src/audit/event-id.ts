import { murmur128 } from './murmur.ts';

const text = Buffer.alloc(4096);
const block = Buffer.alloc(32);
const SURROGATE = /[\ud800-\udfff]/;
const derived = new Int32Array(4);

/** Hashes a text as UTF-8; one that JSON gave with lone surrogates takes their three-byte form (docs/event-ids.md). */
export function hashOf(value: string, h: Int32Array): void {
  const length = SURROGATE.test(value) ? writeSurrogates(value) : text.write(value, 'utf8');
  murmur128(text, length, h);
}

function writeSurrogates(value: string): number {
  let at = 0;
  for (const character of value) {
    const point = character.codePointAt(0) as number;
    const lone = point >= 0xd800 && point <= 0xdfff;
    const bytes = lone ? Buffer.of(0xed, 0x80 | ((point >> 6) & 63), 0x80 | (point & 63)) : Buffer.from(character);
    at += bytes.copy(text, at);
  }
  return at;
}

/** The event id that an outcome of this source must carry, given the hash of its order id. */
export function expectedEventId(order: Int32Array, topic: number, partition: number, offset: number): string {
  for (let lane = 0; lane < 4; lane++) block.writeInt32LE(order[lane] as number, lane * 4);
  block.writeInt32LE(topic, 16);
  block.writeInt32LE(partition, 20);
  block.writeBigInt64LE(BigInt(offset), 24);
  murmur128(block, 32, derived);
  for (let lane = 0; lane < 4; lane++) block.writeInt32BE(derived[lane] as number, lane * 4);
  return block.toString('hex', 0, 16);
}
