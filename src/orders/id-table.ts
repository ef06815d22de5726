import type { Lanes } from './hash.ts';

const SHARDS = 64;
const FIRST_SLOTS = 16;

type Shard = { keys: Int32Array; tags: Uint16Array; mask: number; used: number };

function createShard(slots: number): Shard {
  return { keys: new Int32Array(slots * 4), tags: new Uint16Array(slots), mask: slots - 1, used: 0 };
}

/** The slot that holds the key, or the empty one where it belongs. Lane 1 of a kept key is never 0: that is "empty". */
function slotOf({ keys, mask }: Shard, a: number, b: number, c: number, d: number): number {
  let slot = b & mask;
  for (;;) {
    const at = slot << 2;
    const first = keys[at];
    if (first === 0) return slot;
    if (first === a && keys[at + 1] === b && keys[at + 2] === c && keys[at + 3] === d) return slot;
    slot = (slot + 1) & mask;
  }
}

function fill({ keys, tags }: Shard, slot: number, a: number, b: number, c: number, d: number, tag: number): void {
  const at = slot << 2;
  keys[at] = a;
  keys[at + 1] = b;
  keys[at + 2] = c;
  keys[at + 3] = d;
  tags[slot] = tag;
}

function grow(old: Shard): Shard {
  const next = createShard((old.mask + 1) * 2);
  for (let from = 0; from <= old.mask; from++) {
    const at = from << 2;
    const a = old.keys[at] as number;
    if (a === 0) continue;
    const b = old.keys[at + 1] as number;
    const c = old.keys[at + 2] as number;
    const d = old.keys[at + 3] as number;
    fill(next, slotOf(next, a, b, c, d), a, b, c, d, old.tags[from] as number);
  }
  next.used = old.used;
  return next;
}

/**
 * 128-bit ids, each with a tag of 1 to 65,535, in open-addressed typed arrays: 18 bytes a slot, at most three quarters
 * full. A JS `Set` of strings takes three times the memory and ends at 16.7 million. The table grows shard by shard, so
 * that no single insert pays for all ids.
 */
export class IdTable {
  readonly #shards: Shard[] = Array.from({ length: SHARDS }, () => createShard(FIRST_SLOTS));
  #size = 0;

  /** Ids held. */
  get size(): number {
    return this.#size;
  }

  /** Bytes of the arrays. */
  get bytes(): number {
    return this.#shards.reduce((sum, { keys, tags }) => sum + keys.byteLength + tags.byteLength, 0);
  }

  /** The id's tag; 0 if the id is not held. */
  get(lanes: Lanes): number {
    const shard = this.#shardOf(lanes);
    return shard.tags[
      slotOf(shard, first(lanes), lanes[1] as number, lanes[2] as number, lanes[3] as number)
    ] as number;
  }

  /** Adds the id unless it is held; gives the tag it already had, or 0. */
  claim(lanes: Lanes, tag: number): number {
    const shard = this.#shardOf(lanes);
    const a = first(lanes);
    const b = lanes[1] as number;
    const c = lanes[2] as number;
    const d = lanes[3] as number;
    const slot = slotOf(shard, a, b, c, d);
    if (shard.keys[slot << 2] !== 0) return shard.tags[slot] as number;
    fill(shard, slot, a, b, c, d, tag);
    this.#size++;
    if (++shard.used * 4 > (shard.mask + 1) * 3) this.#shards[shardNumber(lanes)] = grow(shard);
    return 0;
  }

  /** Changes the tag of an id that is held. */
  retag(lanes: Lanes, tag: number): void {
    const shard = this.#shardOf(lanes);
    shard.tags[slotOf(shard, first(lanes), lanes[1] as number, lanes[2] as number, lanes[3] as number)] = tag;
  }

  /** Calls for each id in no order that means anything; the lanes are overwritten after each call. */
  forEach(visit: (lanes: Lanes, tag: number) => void): void {
    const lanes = new Int32Array(4);
    for (const { keys, tags, mask } of this.#shards) {
      for (let slot = 0; slot <= mask; slot++) {
        if (keys[slot << 2] === 0) continue;
        lanes.set(keys.subarray(slot << 2, (slot << 2) + 4));
        visit(lanes, tags[slot] as number);
      }
    }
  }

  #shardOf(lanes: Lanes): Shard {
    return this.#shards[shardNumber(lanes)] as Shard;
  }
}

function first(lanes: Lanes): number {
  return lanes[0] || 1;
}

function shardNumber(lanes: Lanes): number {
  return (lanes[3] as number) & (SHARDS - 1);
}
