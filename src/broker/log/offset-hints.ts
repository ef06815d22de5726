const SLOTS = 16;

/**
 * Where the batches of a few offsets begin: the end of the last appends and reads. A consumer asks next for just such an
 * offset, so that neither one at the tail nor one on its way through the log has to search.
 */
export class OffsetHints {
  private readonly offsets = new Float64Array(SLOTS).fill(-1);
  private readonly positions = new Float64Array(SLOTS);
  private next = 0;

  remember(offset: number, position: number): void {
    this.offsets[this.next] = offset;
    this.positions[this.next] = position;
    this.next = (this.next + 1) % SLOTS;
  }

  /** The position of the batch that begins with `offset`, if it is remembered. */
  find(offset: number): number | undefined {
    for (let i = 0; i < SLOTS; i++) if (this.offsets[i] === offset) return this.positions[i];
    return undefined;
  }
}
