/** Time as it is handed in: wall clock in ms, and timers. */
export type Clock = {
  now(): number;
  /** Runs `fn` once after `ms`; the function that comes back takes it off again. */
  setTimer(ms: number, fn: () => void): () => void;
};

/** Waits `ms` on a clock, less if the signal fires first. Never rejects. */
export function pause(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = () => {
      cancel();
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const cancel = clock.setTimer(ms, done);
    signal?.addEventListener('abort', done, { once: true });
  });
}
