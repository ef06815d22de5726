import { Refusal } from './problem.ts';

/** Work that is done one piece after the other, in the order in which it was asked for. */
export type Turns = {
  /** Does the work when it is its turn. Throws a Refusal when too much waits, or when the signal fires before. */
  take<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T>;
};

/** @param max pieces that may wait; @param what what they are, in the plural */
export function createTurns(max: number, what: string): Turns {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return {
    async take(signal, work) {
      if (waiting >= max) throw new Refusal(503, `${waiting} ${what} wait already`);
      waiting++;
      const before = last;
      const mine = before.then(() => {
        waiting--;
        if (signal.aborted) throw new Refusal(503, 'nobody waited for it any more');
        return work();
      });
      last = mine.catch(() => {});
      return mine;
    },
  };
}
