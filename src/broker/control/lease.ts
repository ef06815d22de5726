import type { LeaseAnswer } from './messages.ts';

/** The right to run the pipeline: one holder at a time, until it lets go. */
export type Lease = {
  take(holder: object, pid: number): LeaseAnswer;
  release(holder: object): void;
};

export function createLease(): Lease {
  let held: { holder: object; pid: number } | undefined;
  return {
    take(holder, pid) {
      held ??= { holder, pid };
      return held.holder === holder ? { held: true } : { held: false, pid: held.pid };
    },
    release(holder) {
      if (held?.holder === holder) held = undefined;
    },
  };
}
