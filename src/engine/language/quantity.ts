/** Numbers with units: how people write them, and back. Readers give undefined for what is not one. */

const NUMBER = /^(\d+(?:\.\d+)?(?:e[+-]?\d+)?)([a-z%/]*)$/i;

function split(text: string): { number: number; unit: string } | undefined {
  const match = NUMBER.exec(text);
  const number = Number(match?.[1]);
  return match && Number.isFinite(number) ? { number, unit: match[2] ?? '' } : undefined;
}

const THOUSANDS: Record<string, number> = { '': 1, k: 1e3, K: 1e3, M: 1e6 };

function scaled(text: string, units: Record<string, number>): number | undefined {
  const parts = split(text);
  const unit = parts && Object.hasOwn(units, parts.unit) ? units[parts.unit] : undefined;
  if (!parts || unit === undefined) return undefined;
  // 2.3 * 1000 is 2299.9999999999995: nobody meant that.
  return unit === 1 ? parts.number : Math.round(parts.number * unit * 1e6) / 1e6;
}

/** `10000`, `10k`, `1M` → a whole number that a double holds exactly. */
export function readCount(text: string): number | undefined {
  const count = scaled(text, THOUSANDS);
  return count !== undefined && Number.isSafeInteger(count) ? count : undefined;
}

/** 10000 → `10k`. */
export function writeCount(count: number): string {
  if (count === 0) return '0';
  if (count % 1e6 === 0) return `${count / 1e6}M`;
  return count % 1e3 === 0 ? `${count / 1e3}k` : String(count);
}

const DURATIONS: Record<string, number> = { ms: 1, s: 1e3, m: 60e3, h: 3600e3 };

/** `250ms`, `5s`, `2m`, `1h` and a bare `0` → milliseconds. */
export function readDuration(text: string): number | undefined {
  return text === '0' ? 0 : scaled(text, DURATIONS);
}

/** 5000 → `5s`. */
export function writeDuration(ms: number): string {
  for (const unit of ['h', 'm', 's'] as const) {
    const size = DURATIONS[unit] as number;
    if (ms > 0 && ms % size === 0) return `${ms / size}${unit}`;
  }
  return `${ms}ms`;
}

/** `500/s`, `2k/s` and a bare `0` → a second. */
export function readRate(text: string): number | undefined {
  if (text === '0') return 0;
  return text.endsWith('/s') ? scaled(text.slice(0, -2), THOUSANDS) : undefined;
}

/** 500 → `500/s`. */
export function writeRate(perSecond: number): string {
  return `${Number.isInteger(perSecond) ? writeCount(perSecond) : perSecond}/s`;
}

/** `0.3`, `30%` → 0..1. */
export function readFraction(text: string): number | undefined {
  const parts = split(text);
  if (!parts || (parts.unit !== '' && parts.unit !== '%')) return undefined;
  const fraction = parts.unit === '%' ? parts.number / 100 : parts.number;
  return fraction <= 1 ? fraction : undefined;
}

/** 0.3 → `30%` where that reads back as the same number, else `0.3…`. */
export function writeFraction(fraction: number): string {
  const percent = `${Number((fraction * 100).toPrecision(12))}%`;
  return readFraction(percent) === fraction ? percent : String(fraction);
}
