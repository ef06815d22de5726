/** Counts, and a sum of ms where they are of measurements; `boundsMs` says what of. Each count only grows. */
export type Sums = { boundsMs: readonly number[]; counts: readonly number[]; sumMs: number };

/** Adds up what lives after lives have counted, each of them from 0. */
export type SumsKeeper = {
  /**
   * What the life of a slot has counted by now. A new life is one of a higher incarnation, or of another run in the
   * same; what an older incarnation still says is not heard.
   */
  note(slot: string, incarnation: number, run: string, now: Sums): void;
  read(): Sums;
};

type Life = { incarnation: number; run: string; now: Sums };

const NOTHING: Sums = { boundsMs: [], counts: [], sumMs: 0 };

export function createSums(): SumsKeeper {
  const lives = new Map<string, Life>();
  let past = NOTHING;
  return {
    note(slot, incarnation, run, now) {
      const life = lives.get(slot);
      if (life && incarnation < life.incarnation) return;
      if (life && (incarnation > life.incarnation || run !== life.run)) past = add(past, life.now);
      lives.set(slot, { incarnation, run, now });
    },
    read: () => [...lives.values()].reduce((sum, { now }) => add(sum, now), past),
  };
}

function add(a: Sums, b: Sums): Sums {
  const longer = a.counts.length > b.counts.length ? a.counts : b.counts;
  return {
    boundsMs: b.boundsMs.length > 0 ? b.boundsMs : a.boundsMs,
    counts: longer.map((_, i) => (a.counts[i] ?? 0) + (b.counts[i] ?? 0)),
    sumMs: a.sumMs + b.sumMs,
  };
}
