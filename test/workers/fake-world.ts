import type { World } from '../../src/workers/world.ts';

type Timer = { at: number; run: () => void };

/** A world whose clock stands still until a test moves it. */
export type FakeWorld = World & {
  /** Lets time pass and fires what is due, in order; all that became possible is done before the next timer. */
  elapse(ms: number): Promise<void>;
  /** Time passes while nobody looks: all that is due fires late, at the end. */
  stall(ms: number): Promise<void>;
  /** Fires the next timer, if there is one; false when none waits. */
  step(): Promise<boolean>;
  /** How many timers wait. */
  readonly timers: number;
  /** Names of the crash points passed, in order. */
  readonly passed: string[];
};

/** Parts that a test may choose: randomness, and what a crash point does. */
export type FakeWorldOptions = { random?: () => number; reached?: (name: string) => void; start?: number };

/** Lets everything happen that waits for no timer. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Makes a world for one test. */
export function createFakeWorld({
  random = Math.random,
  reached,
  start = 1_700_000_000_000,
}: FakeWorldOptions = {}): FakeWorld {
  let now = start;
  const timers = new Set<Timer>();
  const passed: string[] = [];
  const earliest = (until: number) => {
    let first: Timer | undefined;
    for (const timer of timers) if (timer.at <= until && (!first || timer.at < first.at)) first = timer;
    return first;
  };
  const fire = (timer: Timer, at: number) => {
    timers.delete(timer);
    now = Math.max(now, at);
    timer.run();
  };
  return {
    now: () => now,
    setTimer(ms, run) {
      const timer = { at: now + Math.max(0, ms), run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    random,
    reached(name) {
      passed.push(name);
      reached?.(name);
    },
    async elapse(ms) {
      const end = now + ms;
      await settle();
      for (let timer = earliest(end); timer; timer = earliest(end)) {
        fire(timer, timer.at);
        await settle();
      }
      now = end;
    },
    async stall(ms) {
      now += ms;
      for (let timer = earliest(now); timer; timer = earliest(now)) {
        fire(timer, now);
        await settle();
      }
    },
    async step() {
      await settle();
      const timer = earliest(Number.POSITIVE_INFINITY);
      if (!timer) return false;
      fire(timer, timer.at);
      await settle();
      return true;
    },
    get timers() {
      return timers.size;
    },
    passed,
  };
}

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}
