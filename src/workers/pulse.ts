import type { World } from './world.ts';

/** Half a session: a member whose last good heartbeat is older may be expelled before its next send arrives, ms. */
const FRESH_FOR_MS = 5_000;

/** Knows whether the group still counts on this member: it fences itself before the coordinator does. */
export function heartbeatPulse(world: World): { beat(): void; isFresh(): boolean; wasStale(): boolean } {
  let beatAt = 0;
  let stale = false;
  return {
    beat() {
      stale = world.now() - beatAt > FRESH_FOR_MS;
      beatAt = world.now();
    },
    isFresh: () => world.now() - beatAt <= FRESH_FOR_MS,
    /** Whether the last beat ended a time without: those who wait may go on. */
    wasStale: () => stale,
  };
}
