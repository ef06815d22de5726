import type { Clock } from './api.ts';

/** Whoever starts a broker attaches within this time, or is dead. */
const FIRST_ATTACH_MS = 10_000;

/** A console that lost its connection, or its successor, may come back within this time. */
const GRACE_MS = 1_000;

/** Ends a broker that belongs to its consoles when the last of them has gone. */
export type Linger = {
  /** So many are attached now; `bye` if the last change was one that went on purpose. */
  attachedChanged(count: number, bye: boolean): void;
  cancel(): void;
};

/** Starts waiting for the first console; `end` is called at most once. */
export function createLinger({ setTimer }: Clock, end: (why: string) => void): Linger {
  let cancel = setTimer(FIRST_ATTACH_MS, () => end('nobody attached'));
  return {
    attachedChanged(count, bye) {
      cancel();
      if (count > 0) return;
      cancel = setTimer(bye ? 0 : GRACE_MS, () => end('the last console has gone'));
    },
    cancel: () => cancel(),
  };
}
