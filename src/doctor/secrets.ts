import type { Connection } from '../kafka/client.ts';

/** Shorter ones are words that may stand in any sentence; they are no secrets either. */
const SHORTEST = 4;

/** Takes out of a text what must not be told, should another's error message ever carry it. */
export function redactor({ ssl, sasl }: Pick<Connection, 'ssl' | 'sasl'>): (text: string) => string {
  const secrets = [...secretsIn(ssl), ...secretsIn(sasl)].filter((secret) => secret.length >= SHORTEST);
  return (text) => secrets.reduce((clean, secret) => clean.replaceAll(secret, '***'), text);
}

const SECRET_NAMES = new Set(['key', 'pfx', 'passphrase', 'password', 'token', 'clientSecret']);

function secretsIn(given: object | undefined): string[] {
  return Object.entries(given ?? {}).flatMap(([name, value]: [string, unknown]) => {
    if (typeof value === 'object' && value !== null) return secretsIn(value);
    return SECRET_NAMES.has(name) && typeof value === 'string' ? [value] : [];
  });
}
