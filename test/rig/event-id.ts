/** Multipliers of MurmurHash3_x86_128, lane by lane; https://github.com/aappleby/smhasher/blob/master/src/MurmurHash3.cpp. */
const C = [0x239b961b, 0xab0e9789, 0x38b34ae5, 0xa1e38b93] as const;
const TURN_KEY = [15, 16, 17, 18] as const;
const TURN_HASH = [19, 17, 15, 13] as const;
const ADD = [0x561ccd1b, 0x0bcaa747, 0x96cd1c35, 0x32ac3b17] as const;
const LANES = [0, 1, 2, 3] as const;

type Four = [number, number, number, number];

function turn(x: number, by: number): number {
  return (x << by) | (x >>> (32 - by));
}

function at(four: readonly number[], i: number): number {
  return four[i % 4] as number;
}

/** What a word of the input adds to its lane. */
function scramble(word: number, lane: number): number {
  return Math.imul(turn(Math.imul(word, at(C, lane)), at(TURN_KEY, lane)), at(C, lane + 1));
}

function settle(h: number): number {
  let x = h;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}

function addAcross(h: Four): void {
  h[0] = (h[0] + h[1] + h[2] + h[3]) | 0;
  for (const lane of [1, 2, 3] as const) h[lane] = (h[lane] + h[0]) | 0;
}

/** MurmurHash3_x86_128 with seed 0, written from its definition: four lanes of 32 bits. */
export function murmur(bytes: Buffer): Four {
  const h: Four = [0, 0, 0, 0];
  const whole = bytes.length - (bytes.length % 16);
  for (let from = 0; from < whole; from += 16) {
    for (const lane of LANES) {
      h[lane] ^= scramble(bytes.readInt32LE(from + 4 * lane), lane);
      h[lane] = (Math.imul((turn(h[lane], at(TURN_HASH, lane)) + at(h, lane + 1)) | 0, 5) + at(ADD, lane)) | 0;
    }
  }
  const tail = Buffer.alloc(16);
  bytes.copy(tail, 0, whole);
  for (const lane of LANES) h[lane] ^= scramble(tail.readInt32LE(4 * lane), lane);
  for (const lane of LANES) h[lane] ^= bytes.length;
  addAcross(h);
  for (const lane of LANES) h[lane] = settle(h[lane]);
  addAcross(h);
  return h;
}

function toBytes(lanes: Four): Buffer {
  const bytes = Buffer.alloc(16);
  lanes.forEach((lane, i) => {
    bytes.writeInt32LE(lane, 4 * i);
  });
  return bytes;
}

/** The event id of the outcome of an order, from what docs/event-ids.md says and from nothing else. */
export function eventIdOf(order: { topic: string; partition: number; offset: number; orderId: string }): string {
  const block = Buffer.alloc(32);
  toBytes(murmur(Buffer.from(order.orderId))).copy(block, 0);
  toBytes(murmur(Buffer.from(order.topic))).copy(block, 16, 0, 4);
  block.writeInt32LE(order.partition, 20);
  block.writeBigInt64LE(BigInt(order.offset), 24);
  return murmur(block)
    .map((lane) => (lane >>> 0).toString(16).padStart(8, '0'))
    .join('');
}
