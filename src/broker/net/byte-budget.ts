type Wish = { bytes: number; granted: () => void };

/**
 * A bound on bytes in flight over all connections. Wishes are granted in the order they came; one that is larger than
 * the whole budget is granted when nothing else is out.
 */
export class ByteBudget {
  readonly limit: number;
  private out = 0;
  private readonly wishes: Wish[] = [];

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Bytes granted and not yet given back. */
  get taken(): number {
    return this.out;
  }

  /** Asks for bytes; returns the way to withdraw the wish or, once granted, to give the bytes back (once). */
  take(bytes: number, granted: () => void): () => void {
    const wish = { bytes, granted };
    this.wishes.push(wish);
    this.grant();
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      const at = this.wishes.indexOf(wish);
      if (at >= 0) this.wishes.splice(at, 1);
      else this.out -= bytes;
      this.grant();
    };
  }

  private grant(): void {
    for (let wish = this.wishes[0]; wish; wish = this.wishes[0]) {
      if (this.out > 0 && this.out + wish.bytes > this.limit) return;
      this.wishes.shift();
      this.out += wish.bytes;
      wish.granted();
    }
  }
}
