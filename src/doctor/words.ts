/** One thing or many: `1 member`, `3 members`. */
export function many(value: number, thing: string, things = `${thing}s`): string {
  return `${value.toLocaleString('en-US')} ${value === 1 ? thing : things}`;
}

/** Milliseconds as people read them: `0.4 ms`, `12 ms`, `3.4 s`. */
export function took(ms: number): string {
  if (ms >= 1_000) return `${(ms / 1_000).toFixed(1)} s`;
  return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
}

/** Bytes in powers of 1024: `512 MiB`, `1.5 GiB`. */
export function bytes(value: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, value)) / 10)));
  const shown = value / 1024 ** step;
  return `${shown < 10 && step > 0 ? shown.toFixed(1) : Math.round(shown)} ${units[step]}`;
}

/** `a`, `a and b`, `a, b and c`; of more than five the rest is counted. */
export function list(items: readonly string[], most = 5): string {
  const shown = items.length > most ? [...items.slice(0, most - 1), `${items.length - most + 1} more`] : items;
  return shown.length < 2 ? (shown[0] ?? '') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** Text from elsewhere, without what would move a terminal's cursor. */
export function harmless(text: string): string {
  return [...text].map((char) => (isControl(char) ? '?' : char)).join('');
}

function isControl(char: string): boolean {
  const code = char.codePointAt(0) ?? 0;
  return code < 32 || (code >= 127 && code < 160);
}
