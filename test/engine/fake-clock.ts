import type { Clock } from '../../src/engine/clock.ts';

/** A clock that stands still until it is moved on. */
export type FakeClock = Clock & {
  /** Moves on by `ms`, running what falls due in order; promises settle in between. */
  advance(ms: number): Promise<void>;
  /** Timers that are set. */
  pending(): number;
};

/** Lets promises that are ready settle: a few turns of the event loop. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

export function createFakeClock(start = 1_000_000): FakeClock {
  let now = start;
  const timers = new Set<{ at: number; fn: () => void }>();
  return {
    now: () => now,
    setTimer(ms, fn) {
      const timer = { at: now + Math.max(0, ms), fn };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async advance(ms) {
      const until = now + ms;
      await settle();
      for (;;) {
        const due = [...timers].filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0];
        if (!due) break;
        timers.delete(due);
        now = Math.max(now, due.at);
        due.fn();
        await settle();
      }
      now = until;
    },
    pending: () => timers.size,
  };
}
