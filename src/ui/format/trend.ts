/** Changes below this share, or below this many, are rest. */
const SHARE = 0.02;
const LEAST = 5;

/** Where a value goes: `↑` grows, `↓` shrinks, a space at rest, so that its cell is always there. */
export function trend(before: number | undefined, now: number): '↑' | '↓' | ' ' {
  if (before === undefined) return ' ';
  const change = now - before;
  if (now > 0 && Math.abs(change) < Math.max(LEAST, before * SHARE)) return ' ';
  return change > 0 ? '↑' : change < 0 ? '↓' : ' ';
}
