import type { Api } from '../../../src/broker/protocol/schema.ts';

/** The versions of an API that are served, lowest first. */
export function versionsOf({ versions: [first, last] }: Api): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
