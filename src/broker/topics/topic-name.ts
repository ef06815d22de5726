const LEGAL = /^[a-zA-Z0-9._-]{1,249}$/;

/** Why a topic may not have this name, or undefined. Kafka's rule; its metrics make "." and "_" the same. */
export function nameFault(name: string, others: Iterable<string>): string | undefined {
  if (name === '.' || name === '..') return `Topic name cannot be "." or ".."`;
  if (!LEGAL.test(name)) {
    return `Topic name "${name}" is illegal: 1 to 249 of ASCII letters, digits, ".", "_" and "-" are allowed`;
  }
  const folded = fold(name);
  for (const other of others) {
    if (other !== name && fold(other) === folded) return `Topic "${name}" collides with existing topic "${other}"`;
  }
  return undefined;
}

function fold(name: string): string {
  return name.replaceAll('.', '_');
}
