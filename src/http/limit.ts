import { Refusal } from './problem.ts';

/** So many at a time. */
export type Limit = {
  /** Lets one more in and gives the way out, which may be gone twice. Throws a Refusal when it is full. */
  enter(): () => void;
};

/** @param what what there is enough of, as in "64 commands are under way" */
export function createLimit(max: number, what: string): Limit {
  let count = 0;
  return {
    enter() {
      if (count >= max) throw new Refusal(503, `${count} ${what} already`);
      count++;
      let isIn = true;
      return () => {
        if (isIn) count--;
        isIn = false;
      };
    },
  };
}
