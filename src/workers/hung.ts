import type { SlotKeeper } from './slot.ts';
import type { World } from './world.ts';

const LOOK_EVERY_MS = 500;
/** Half a session of 10 s: a thread that has said nothing for so long is about to be expelled anyway. */
const SILENT_FOR_MS = 5_000;

/** Ends threads that have been silent for half a session. Returns a function that stops looking. */
export function watchForHangs(world: World, keepers: () => Iterable<SlotKeeper>): () => void {
  let lookedAt = world.now();
  let cancel = () => {};
  const look = () => {
    const now = world.now();
    // When this thread itself stood still (a suspended machine), silence proves nothing: begin to count anew.
    const stoodStill = now - lookedAt > 4 * LOOK_EVERY_MS;
    lookedAt = now;
    for (const keeper of keepers()) {
      if (!keeper.isReady) continue;
      if (stoodStill) keeper.heardAt = now;
      else if (now - keeper.heardAt > SILENT_FOR_MS) keeper.endHung(now - keeper.heardAt).catch(() => {});
    }
    cancel = world.setTimer(LOOK_EVERY_MS, look);
  };
  cancel = world.setTimer(LOOK_EVERY_MS, look);
  return () => cancel();
}
