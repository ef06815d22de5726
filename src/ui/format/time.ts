/**
 * A duration of at most seven cells, in the unit that suits it: `0.4 ms`, `9 ms`, `1.2 s`, `27 s`, then as a clock,
 * `2:05`, `1:04:31`.
 */
export function duration(ms: number): string {
  if (ms > 0 && ms < 0.95) return `${Math.max(0.1, ms).toFixed(1)} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`;
  if (ms < 59_500) return `${Math.round(ms / 1000)} s`;
  const seconds = Math.round(ms / 1000);
  return seconds < 3600 ? `${Math.floor(seconds / 60)}:${two(seconds % 60)}` : elapsed(ms);
}

/** Time since a start, as a clock that runs: `0:04:31`. */
export function elapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** How long ago or until, in whole seconds at least, so that it does not jump: `0 s`, `12 s`, `2:05`, `> 1 h`. */
export function seconds(ms: number): string {
  if (ms > 3_600_000) return '> 1 h';
  return ms < 59_500 ? `${Math.round(Math.max(0, ms) / 1000)} s` : duration(ms);
}

/** Local time of day: `12:02:31`. */
export function clock(at: number): string {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** The same with milliseconds: `12:02:31.204`. */
export function preciseClock(at: number): string {
  return `${clock(at)}.${String(new Date(at).getMilliseconds()).padStart(3, '0')}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
