/** Changes below this share are rest. */
const SHARE = 0.02;

/**
 * Where a value goes: `↑` grows, `↓` shrinks, a space at rest, so that its cell is always there.
 * @param noise changes up to this mean nothing, unless they lead to 0
 */
export function trend(before: number | undefined, now: number, noise = 5): '↑' | '↓' | ' ' {
  if (before === undefined || before === now) return ' ';
  const change = now - before;
  if (now > 0 && Math.abs(change) <= Math.max(noise, before * SHARE)) return ' ';
  return change > 0 ? '↑' : '↓';
}
