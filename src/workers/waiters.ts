/** Promises that wait for one of the things passing by: a message that matches, or the end of whoever sends them. */
export type Waiters<T> = {
  /** Resolves with the first later item that matches; rejects when the source fails. */
  next<R extends T>(match: (item: T) => item is R): Promise<R>;
  /** Shows an item to all that wait. */
  show(item: T): void;
  /** Rejects all that wait. */
  fail(error: Error): void;
};

type Waiting<T> = { match(item: T): boolean; resolve(item: T): void; reject(error: Error): void };

export function createWaiters<T>(): Waiters<T> {
  let waiting: Waiting<T>[] = [];
  return {
    next<R extends T>(match: (item: T) => item is R) {
      return new Promise<R>((resolve, reject) => {
        waiting.push({ match, resolve: (item) => resolve(item as R), reject });
      });
    },
    show(item) {
      const met = waiting.filter((w) => w.match(item));
      if (met.length === 0) return;
      waiting = waiting.filter((w) => !met.includes(w));
      for (const w of met) w.resolve(item);
    },
    fail(error) {
      const all = waiting;
      waiting = [];
      for (const w of all) w.reject(error);
    },
  };
}
