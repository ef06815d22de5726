import type { Clock } from '../engine/clock.ts';
import type { EventStore } from '../engine/store.ts';
import type { Doors } from '../http/open-doors.ts';
import type { HttpOptions } from '../options.ts';

/** Opens the HTTP doors. What they are made of is only loaded now: who does not want them does not pay for them. */
export async function openHttp(
  options: HttpOptions,
  parts: { events: EventStore; clock: Clock; version: string },
): Promise<Doors> {
  const { openDoors } = await import('../http/open-doors.ts');
  return openDoors({ options, ...parts });
}

/** Where the doors are, and what is to be known about them, in sentences. */
export function doorNotes({ addresses }: Doors, { token, insecure }: HttpOptions): string[] {
  const { orders, analytics } = addresses;
  const note = token === undefined && insecure ? ['whoever reaches these addresses can do anything here'] : [];
  return [`orders at ${orders}, analytics at ${analytics}`, ...note];
}
