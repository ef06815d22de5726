const STEPS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** Height of a value as one of eight glyphs; what is more than nothing is never drawn as nothing. */
function step(value: number, top: number): string {
  if (value <= 0 || top <= 0) return STEPS[0];
  return STEPS[Math.min(7, Math.max(1, Math.round((value / top) * 7)))] as string;
}

/**
 * The last `width` values as a row of bars, the newest at the right; a space where nothing is known (null) or before the first.
 * @param top value of a full bar; the greatest that is shown where none is given
 */
export function sparkline(values: readonly (number | null)[], width: number, top?: number): string {
  const shown = values.slice(Math.max(0, values.length - width));
  const full = top ?? Math.max(0, ...shown.map((value) => value ?? 0));
  return shown
    .map((value) => (value === null ? ' ' : step(value, full)))
    .join('')
    .padStart(width);
}

/** A fraction (0..1) as a bar of `width` cells; not full before it is, nor empty once it has begun. */
export function bar(fraction: number, width: number): { done: string; left: string } {
  const exact = Math.min(1, Math.max(0, fraction)) * width;
  const rounded = Math.round(exact);
  const full = exact <= 0 || exact >= width ? rounded : Math.min(width - 1, Math.max(1, rounded));
  return { done: '█'.repeat(full), left: '░'.repeat(width - full) };
}

/** A bar without its trough, for values beside each other. */
export function plainBar(value: number, top: number, width: number): string {
  return top <= 0 ? '' : bar(value / top, width).done;
}
