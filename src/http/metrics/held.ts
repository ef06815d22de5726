/** Keeps counters from going down where what they count has not: to Prometheus a step down is a restart from 0. */
export type Held = {
  /** What is counted now; a lower value than before is not believed. */
  note(counts: Readonly<Record<string, number>>): void;
  /** The next that is noted is true, also where it is lower. */
  release(): void;
  /** Undefined before anything was noted. */
  read(name: string): number | undefined;
};

export function createHeld(): Held {
  const highest = new Map<string, number>();
  let isReleased = false;
  return {
    note(counts) {
      if (isReleased) highest.clear();
      isReleased = false;
      for (const [name, count] of Object.entries(counts)) highest.set(name, Math.max(count, highest.get(name) ?? 0));
    },
    release() {
      isReleased = true;
    },
    read: (name) => highest.get(name),
  };
}
