import type { Run } from '../hall.ts';
import { duration } from '../print/quantity.ts';
import { onEach } from './targets.ts';

/** Blocks the event loops of workers. */
export const run: Run<'hang'> = (hall, { target, forMs }, signal) =>
  onEach(hall, target, {
    state: `hangs for ${duration(forMs)}`,
    act: (slot) => hall.supervisor.hang(slot, forMs),
    signal,
  });
