/** Characters that mean nothing to a shell wherever they stand. */
const PLAIN = /^[\w/.:=,%+@-]+$/;

/** A command line of these words, quoted for a POSIX shell where they need it. */
export function words(...parts: readonly string[]): string {
  return parts.map((part) => (PLAIN.test(part) ? part : `'${part.replaceAll("'", "'\\''")}'`)).join(' ');
}
