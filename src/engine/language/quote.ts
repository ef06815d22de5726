/** Characters that mean nothing to the lexer wherever they stand. */
const PLAIN = /^[\w/.:=,%+@<>!*(){}[\]-]+$/;

/**
 * A word as it must be written so that the lexer gives it back. A word that begins with `--` is quoted, because a bare
 * one would be an option.
 */
export function quote(text: string): string {
  if (PLAIN.test(text) && !text.startsWith('--')) return text;
  return `'${text.replaceAll("'", "'\\''")}'`;
}
