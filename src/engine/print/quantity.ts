/** A count with its thousands apart: `12,345`. */
export function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** A fraction as per cent, two digits after the point: `29.97%`. */
export function percent(fraction: number): string {
  return `${(fraction * 100).toFixed(2)}%`;
}

/** A rate a second: `1,234/s`; with one digit after the point where it would say nothing without: `0.4/s`. */
export function rate(perSecond: number | null): string {
  if (perSecond === null) return '-';
  return `${perSecond > 0 && perSecond < 9.95 ? perSecond.toFixed(1) : count(perSecond)}/s`;
}

/** A duration in the unit that suits it: `0.42 ms`, `12 ms`, `3.4 s`, `2m 05s`, `3h 07m`. */
export function duration(ms: number): string {
  if (ms < 10 && !Number.isInteger(ms)) return `${ms.toFixed(2)} ms`;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m ${two(seconds % 60)}s`;
  return `${Math.floor(seconds / 3600)}h ${two(Math.floor(seconds / 60) % 60)}m`;
}

/** Time until a lag is gone; below a second it is not worth a figure, above an hour it is not worth belief. */
export function eta(ms: number | null): string {
  if (ms === null) return '-';
  if (ms < 1000) return '';
  return ms > 3_600_000 ? '> 1 h' : duration(ms);
}

/** Bytes in powers of 1024: `1.5 MiB`. */
export function bytes(value: number): string {
  if (value < 1024) return `${value} B`;
  return value < 1024 * 1024 ? `${(value / 1024).toFixed(1)} KiB` : `${(value / 1024 / 1024).toFixed(1)} MiB`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** One thing or many: `1 record`, `2,000 records`. */
export function many(value: number, thing: string): string {
  return `${count(value)} ${thing}${value === 1 ? '' : 's'}`;
}
