import { createLanes, hashBytes, hashWords, type Lanes } from './hash.ts';
import { encodeUtf8 } from './utf8.ts';

/** Hashes a text's UTF-8 bytes; what an order id is known by in sets, journals and event ids. */
export function hashText(text: string, out: Lanes): void {
  const { bytes, length } = encodeUtf8(text);
  hashBytes(bytes, 0, length, out);
}

const DIGITS = Buffer.from('0123456789abcdef', 'latin1');
const hex = Buffer.alloc(32);

/** A hash as 32 lower-case hex digits, lane after lane, high digit first. */
export function toHex(lanes: Lanes): string {
  for (let lane = 0, at = 0; lane < 4; lane++) {
    const word = lanes[lane] as number;
    for (let shift = 28; shift >= 0; shift -= 4) hex[at++] = DIGITS[(word >>> shift) & 15] as number;
  }
  return hex.toString('latin1', 0, 32);
}

/** Value of a lower-case hex digit by its character code; 16 for all else. */
const NIBBLES = new Uint8Array(256).fill(16);
for (let digit = 0; digit < 16; digit++) NIBBLES[DIGITS[digit] as number] = digit;

function sameLane(bytes: Uint8Array, from: number, lane: number): boolean {
  for (let i = 0; i < 8; i++) {
    if (NIBBLES[bytes[from + i] as number] !== ((lane >>> (28 - i * 4)) & 15)) return false;
  }
  return true;
}

/**
 * Event ids of the outcomes of one partition of `orders`: `H(H(orderId) ‖ H(topic) lane 1 ‖ partition ‖ offset)`, each
 * number little-endian, H the hash of hash.ts. Layout and test vectors: docs/event-ids.md.
 */
export class EventIds {
  readonly #words = new Int32Array(8);
  readonly #lanes = createLanes();

  /** The topic of orders, and its name's bytes. */
  readonly topic: string;
  readonly topicBytes: Uint8Array;
  readonly partition: number;

  constructor(topic: string, partition: number) {
    this.topic = topic;
    this.topicBytes = Uint8Array.from(Buffer.from(topic));
    this.partition = partition;
    hashText(topic, this.#lanes);
    this.#words[4] = this.#lanes[0] as number;
    this.#words[5] = partition;
  }

  #derive(orderLanes: Lanes, offset: number): void {
    const words = this.#words;
    for (let lane = 0; lane < 4; lane++) words[lane] = orderLanes[lane] as number;
    words[6] = offset | 0;
    words[7] = Math.floor(offset / 0x1_0000_0000);
    hashWords(words, 32, this.#lanes);
  }

  /** The event id of the outcome of the order at `offset`, given the hash of its id. */
  of(orderLanes: Lanes, offset: number): string {
    this.#derive(orderLanes, offset);
    return toHex(this.#lanes);
  }

  /** Whether the bytes `from` to `to` spell that event id; makes no string. */
  matches(orderLanes: Lanes, offset: number, bytes: Uint8Array, from: number, to: number): boolean {
    if (to - from !== 32) return false;
    this.#derive(orderLanes, offset);
    for (let lane = 0; lane < 4; lane++) {
      if (!sameLane(bytes, from + lane * 8, this.#lanes[lane] as number)) return false;
    }
    return true;
  }
}

const lanes = createLanes();

/** The event id of one outcome, when one is wanted outside a hot path. */
export function eventIdOf(source: { topic: string; partition: number; offset: number }, orderId: string): string {
  hashText(orderId, lanes);
  return new EventIds(source.topic, source.partition).of(lanes, source.offset);
}
