import type { Clock } from '../../src/broker/api.ts';

type Timer = { at: number; fire: () => void };

/** A clock that stands still until a test moves it. */
export type FakeClock = Clock & {
  /** Lets time pass and fires what is due, in order, each at its own time. */
  advance(ms: number): void;
  /** Time passes while the process does not run: everything due fires late, at the end. */
  stall(ms: number): void;
  /** How many timers wait. */
  readonly timers: number;
};

export function createFakeClock(start = 1_700_000_000_000): FakeClock {
  let now = start;
  const timers = new Set<Timer>();
  const earliest = (until: number) => [...timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
  const run = (until: number, nowAt: (timer: Timer) => number) => {
    for (let timer = earliest(until); timer; timer = earliest(until)) {
      timers.delete(timer);
      now = nowAt(timer);
      timer.fire();
    }
    now = until;
  };
  return {
    now: () => now,
    setTimer(ms, fire) {
      const timer = { at: now + Math.max(ms, 0), fire };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance: (ms) => run(now + ms, ({ at }) => Math.max(at, now)),
    stall(ms) {
      const end = now + ms;
      run(end, () => end);
    },
    get timers() {
      return timers.size;
    },
  };
}
