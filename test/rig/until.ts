import { setTimeout as wait } from 'node:timers/promises';

const STEP_MS = 20;

/** Looks again and again until something is there, and gives it; throws with `what` after `withinMs`. */
export async function until<T>(what: string, look: () => T | Promise<T>, withinMs = 50_000): Promise<NonNullable<T>> {
  const end = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`${what}: not within ${withinMs / 1000} s`);
    await wait(STEP_MS);
  }
}
