/** Offsets at least and at most for which a time can be held. */
const ROOM = { least: 2 ** 10, most: 2 ** 18 };

/** A time, and the number of the load that the order is of; 0 for none. */
export type Held = { at: number; load: number };

/**
 * Holds a time for each of the offsets of a partition that wait for their other half: 20 bytes an offset. It grows while
 * more of them wait, up to 262,144; beyond that the oldest is let go.
 */
export class Waiting {
  #offsets = new Float64Array(ROOM.least).fill(-1);
  #times = new Float64Array(ROOM.least);
  #loads = new Uint32Array(ROOM.least);

  put(offset: number, { at, load }: Held): void {
    while (this.#isTaken(offset) && this.#offsets.length < ROOM.most) this.#grow();
    const i = offset % this.#offsets.length;
    this.#offsets[i] = offset;
    this.#times[i] = at;
    this.#loads[i] = load;
  }

  /** What was held for an offset, which then waits no more. */
  take(offset: number): Held | undefined {
    const i = offset % this.#offsets.length;
    if (this.#offsets[i] !== offset) return undefined;
    this.#offsets[i] = -1;
    return { at: this.#times[i] as number, load: this.#loads[i] as number };
  }

  #isTaken(offset: number): boolean {
    const there = this.#offsets[offset % this.#offsets.length] as number;
    return there !== -1 && there !== offset;
  }

  #grow(): void {
    const [offsets, times, loads] = [this.#offsets, this.#times, this.#loads];
    const room = offsets.length * 2;
    this.#offsets = new Float64Array(room).fill(-1);
    this.#times = new Float64Array(room);
    this.#loads = new Uint32Array(room);
    offsets.forEach((offset, i) => {
      if (offset !== -1) this.put(offset, { at: times[i] as number, load: loads[i] as number });
    });
  }
}
