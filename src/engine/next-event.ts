import { interrupted } from './bounded.ts';
import type { Event } from './event.ts';
import type { EventStore } from './store.ts';

/** An expected event: `seen` resolves with what `pick` first makes of one; `forget` ends the listening. */
export type Expected<T> = { seen: Promise<T>; forget(): void };

/** Begins to listen at once: set up before the deed, awaited after it. Rejects when the signal fires. */
export function expectEvent<T>(
  events: Pick<EventStore, 'onEvent'>,
  signal: AbortSignal,
  pick: (event: Event) => T | undefined,
): Expected<T> {
  let forget = () => {};
  const seen = new Promise<T>((resolve, reject) => {
    const stop = () => reject(interrupted());
    const unhear = events.onEvent((event) => {
      const picked = pick(event);
      if (picked !== undefined) resolve(picked);
    });
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    forget = () => {
      unhear();
      signal.removeEventListener('abort', stop);
    };
  });
  // Nobody may be awaiting yet, or ever, when the deed itself fails.
  seen.catch(() => {}).finally(() => forget());
  return { seen, forget: () => forget() };
}
