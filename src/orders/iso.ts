let lastMs = Number.NaN;
let lastText = '';

/** A time in ms since 1970 as `2026-02-19T04:30:00.000Z`; kept until the millisecond changes, for it is asked per record. */
export function formatIso(ms: number): string {
  if (ms === lastMs) return lastText;
  lastText = new Date(ms).toISOString();
  lastMs = ms;
  return lastText;
}
