import { createLanes, type Lanes } from './hash.ts';
import type { OutcomeKind } from './outcome.ts';

/** Words of an entry: four lanes of the id, the offset's low word, its high word doubled plus 1 if failed. */
const WORDS = 6;

/** Bytes of an entry. */
export const ENTRY_BYTES = WORDS * 4;

/** What a partition accepted since it was last asked: the growing half of its saved state. */
export class JournalEntries {
  #words = new Int32Array(WORDS * 64);
  #used = 0;

  add(lanes: Lanes, offset: number, kind: OutcomeKind): void {
    if (this.#used === this.#words.length) this.#grow();
    const words = this.#words;
    const at = this.#used;
    // Store by store: for so few words the built-in `set` takes longer than all of this.
    words[at] = lanes[0] as number;
    words[at + 1] = lanes[1] as number;
    words[at + 2] = lanes[2] as number;
    words[at + 3] = lanes[3] as number;
    words[at + 4] = offset | 0;
    words[at + 5] = Math.floor(offset / 0x1_0000_0000) * 2 + (kind === 'failed' ? 1 : 0);
    this.#used = at + WORDS;
  }

  /** The entries since the last call, as bytes of the caller's own. */
  take(): Buffer {
    const bytes = Buffer.from(this.#words.slice(0, this.#used).buffer);
    this.#used = 0;
    if (this.#words.length > WORDS * 65_536) this.#words = new Int32Array(WORDS * 64);
    return bytes;
  }

  #grow(): void {
    const words = new Int32Array(this.#words.length * 2);
    words.set(this.#words);
    this.#words = words;
  }
}

/** Reads entries back in their order; the lanes are overwritten after each call. False if the bytes are not whole entries. */
export function readEntries(
  bytes: Uint8Array,
  visit: (lanes: Lanes, offset: number, kind: OutcomeKind) => void,
): boolean {
  if (bytes.length % ENTRY_BYTES !== 0) return false;
  const words = new Int32Array(Uint8Array.from(bytes).buffer);
  const lanes = createLanes();
  for (let at = 0; at < words.length; at += WORDS) {
    lanes.set(words.subarray(at, at + 4));
    const high = words[at + 5] as number;
    visit(
      lanes,
      (high >>> 1) * 0x1_0000_0000 + ((words[at + 4] as number) >>> 0),
      (high & 1) === 1 ? 'failed' : 'reserved',
    );
  }
  return true;
}
