const DIGITS = 20;

/** File name stem of an offset: 20 digits, so that names sort as offsets do. */
export function offsetName(offset: number): string {
  return String(offset).padStart(DIGITS, '0');
}

/** The offset that a file is named for, or undefined for a file of another kind. */
export function parseOffsetName(name: string, suffix: string): number | undefined {
  if (!name.endsWith(suffix) || name.length !== DIGITS + suffix.length) return undefined;
  const offset = Number(name.slice(0, DIGITS));
  return Number.isSafeInteger(offset) ? offset : undefined;
}
