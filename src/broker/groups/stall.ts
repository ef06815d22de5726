import type { Clock } from '../api.ts';

const LOOK_EVERY_MS = 250;

/** Below this a delay is ordinary. */
const STALL_MS = 200;

/**
 * Watches for stalls of this process (a busy machine, a suspended laptop) and tells how long it did not listen. Heartbeats
 * that came meanwhile are still unread when the session timers fire, so those timers must not decide first: a look is due
 * within a quarter of a second, hence before any of them. Returns the way to stop.
 */
export function watchStalls(clock: Clock, onStall: (ms: number) => void): () => void {
  let dueAt = 0;
  let cancel: () => void = () => {};
  const look = () => {
    const lateMs = clock.now() - dueAt;
    if (lateMs > STALL_MS) onStall(lateMs);
    wait();
  };
  const wait = () => {
    dueAt = clock.now() + LOOK_EVERY_MS;
    cancel = clock.setTimer(LOOK_EVERY_MS, look);
  };
  wait();
  return () => cancel();
}
