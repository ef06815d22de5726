const THOUSANDS = /\B(?=(\d{3})+$)/g;

/** A count with its thousands apart: `12,345`. */
export function count(value: number): string {
  return String(Math.round(value)).replace(THOUSANDS, ',');
}

const MAGNITUDES = [
  { from: 999_950_000, per: 1e9, letter: 'G' },
  { from: 999_950, per: 1e6, letter: 'M' },
  { from: 1_000, per: 1e3, letter: 'k' },
] as const;

/** A count in at most five cells, for scales and narrow places: `999`, `3.4k`, `128k`, `1.2M`. */
export function short(value: number): string {
  const magnitude = MAGNITUDES.find(({ from }) => value >= from);
  if (!magnitude) return count(value);
  const scaled = value / magnitude.per;
  return `${scaled >= 99.95 ? Math.round(scaled) : scaled.toFixed(1).replace(/\.0$/, '')}${magnitude.letter}`;
}

/** A count a second: with one digit after the point where it would say nothing without, `0.4`; `–` where none can be said. */
export function perSecond(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  return value > 0 && value < 9.95 ? value.toFixed(1) : count(value);
}

/** A rate a second: `1,204/s`, `0.4/s`; `–` where none can be said. */
export function rate(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : `${perSecond(value)}/s`;
}

/** A fraction as per cent, one digit after the point: `30.0 %`. */
export function percent(fraction: number): string {
  return `${(fraction * 100).toFixed(1)} %`;
}

/** A share as a person would give it, without digits that say nothing: `1 %`, `0.5 %`, `100 %`. */
export function share(fraction: number): string {
  return `${Number((fraction * 100).toFixed(2))} %`;
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Bytes in powers of 1000: `204 B`, `1.5 kB`, `61 MB`. */
export function bytes(value: number): string {
  let scaled = value;
  let unit = 0;
  for (; scaled >= 999.5 && unit < UNITS.length - 1; unit++) scaled /= 1000;
  return `${unit === 0 || scaled >= 9.95 ? Math.round(scaled) : scaled.toFixed(1)} ${UNITS[unit]}`;
}
