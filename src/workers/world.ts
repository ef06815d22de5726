/** What a worker or the supervisor would otherwise reach for: handed in, so that the same code runs under a seeded scheduler. */
export type World = {
  /** Wall clock, ms since the epoch. */
  now(): number;
  /** Calls `run` once after `ms`; the returned function cancels it. */
  setTimer(ms: number, run: () => void): () => void;
  /** Uniform in [0, 1). */
  random(): number;
  /** A named point at which a test may end the process or thread; does nothing otherwise. */
  reached(name: string): void;
};

/** The world of a running program. */
export function realWorld(reached: (name: string) => void = () => {}): World {
  return {
    now: Date.now,
    setTimer(ms, run) {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    random: Math.random,
    reached,
  };
}

/** Resolves after `ms`, or at once when the signal aborts: the caller looks at the signal. */
export function pauseFor(world: World, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      cancel();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const cancel = world.setTimer(ms, done);
    signal.addEventListener('abort', done);
  });
}

/** The work's outcome, but no longer than `ms`: what a stop waits for must not hold it up. */
export async function atMost(world: World, ms: number, work: Promise<unknown>): Promise<void> {
  const over = new AbortController();
  await Promise.race([work, pauseFor(world, ms, over.signal)]);
  over.abort();
}
