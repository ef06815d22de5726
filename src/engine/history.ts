/** How things stood in one second: absolute values, so that a rate over any stretch is a difference. Plain JSON. */
export type Moment = {
  /** When it was looked at, ms. */
  at: number;
  /** Lag by group id, records. */
  lag: Record<string, number>;
  /** High watermarks by topic, summed over partitions: records ever appended. */
  ends: Record<string, number>;
  /** Next offsets not yet done by group id, summed over partitions: records ever done. A rewind lowers it. */
  done: Record<string, number>;
  /** Records of the latest load that were acknowledged. */
  produced: number;
};

/** A value per column of a chart, oldest first; null where nothing was looked at. */
export type Series = (number | null)[];

/** The stretch that a chart shows: `columns` columns that end at `now`, `windowMs` wide in all. */
export type Stretch = { now: number; windowMs: number; columns: number };

/** Moments by column of a stretch. Edges stand on multiples of a column's width, so that a chart slides by whole columns. */
function byColumn(moments: readonly Moment[], { now, windowMs, columns }: Stretch): Moment[][] {
  const width = windowMs / columns;
  const last = Math.floor(now / width);
  const filled: Moment[][] = Array.from({ length: columns }, () => []);
  for (const moment of moments) filled[Math.floor(moment.at / width) - last + columns - 1]?.push(moment);
  return filled;
}

/** Column in which an instant stands; below 0 or past the last when it is not in the stretch. */
export function columnOf(at: number, { now, windowMs, columns }: Stretch): number {
  const width = windowMs / columns;
  return Math.floor(at / width) - Math.floor(now / width) + columns - 1;
}

/** How long a last value stands for what comes after it, ms: longer than between two looks, shorter than an outage. */
const STANDS_MS = 3000;

/** The highest value in each column. A column between two looks shows the look before it, as long as that is fresh. */
export function peaks(moments: readonly Moment[], stretch: Stretch, value: (moment: Moment) => number): Series {
  const width = stretch.windowMs / stretch.columns;
  const stands = Math.ceil(STANDS_MS / width);
  let held: number | null = null;
  let age = 0;
  return byColumn(moments, stretch).map((inside) => {
    age = inside.length > 0 ? 0 : age + 1;
    if (inside.length > 0) held = Math.max(...inside.map(value));
    else if (age > stands) held = null;
    return held;
  });
}

/** What was added a second in each column, of a value that only grows; a step back counts as nothing added. */
export function rates(moments: readonly Moment[], stretch: Stretch, value: (moment: Moment) => number): Series {
  const perSecond = new Map<Moment, number>();
  moments.forEach((moment, i) => {
    const before = moments[i - 1];
    const passed = before ? moment.at - before.at : 0;
    if (before && passed > 0) perSecond.set(moment, (Math.max(0, value(moment) - value(before)) * 1000) / passed);
  });
  return peaks(
    moments.filter((moment) => perSecond.has(moment)),
    stretch,
    (moment) => perSecond.get(moment) ?? 0,
  );
}
