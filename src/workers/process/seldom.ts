import type { World } from '../world.ts';

/** Texts that are remembered: more kinds of trouble than that at once are not told apart. */
const MOST_TEXTS = 100;

/**
 * Says how often a text has come up since it was last let through: 0 for one that was let through less than `everyMs`
 * ago and is to be kept back.
 */
export function createSeldom(world: World, everyMs: number): (text: string) => number {
  const told = new Map<string, { at: number; kept: number }>();
  return (text) => {
    const last = told.get(text);
    const now = world.now();
    if (last && now - last.at < everyMs) {
      last.kept += 1;
      return 0;
    }
    told.delete(text);
    if (told.size >= MOST_TEXTS) told.delete(told.keys().next().value as string);
    told.set(text, { at: now, kept: 0 });
    return (last?.kept ?? 0) + 1;
  };
}
