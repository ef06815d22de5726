/** Where orders without a readable `createdAt` are counted. */
export const UNKNOWN_MINUTE = 'unknown';

const MINUTE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d$/;

/** Orders by the minute of their `createdAt`, which is event time: no clock is looked at. */
export class Minutes {
  readonly #counts = new Map<string, number>();
  /** The latest minute and its count, for neighbours in the log share it. */
  #last = '';
  #lastCount = 0;

  /** The minute counted last; handing the same string in again is cheap. */
  get last(): string {
    return this.#last;
  }

  /** Counts an order; `minute` is the start of its `createdAt`. */
  add(minute: string | undefined): void {
    if (minute === this.#last && minute !== '') {
      this.#lastCount++;
      return;
    }
    this.#settle();
    this.#last = minute !== undefined && MINUTE.test(minute) ? minute : UNKNOWN_MINUTE;
    this.#lastCount = (this.#counts.get(this.#last) ?? 0) + 1;
  }

  /** Minute and count, in no order. */
  entries(): IterableIterator<[string, number]> {
    this.#settle();
    return this.#counts.entries();
  }

  /** Orders whose time could not be read. */
  get unknown(): number {
    this.#settle();
    return this.#counts.get(UNKNOWN_MINUTE) ?? 0;
  }

  save(): Record<string, number> {
    return Object.fromEntries(this.entries());
  }

  restore(saved: Record<string, number>): void {
    for (const [minute, count] of Object.entries(saved)) this.#counts.set(minute, count);
  }

  #settle(): void {
    if (this.#last !== '') this.#counts.set(this.#last, this.#lastCount);
  }
}
