import type { Run } from '../hall.ts';
import { onEach } from './targets.ts';

/** Ends threads in the middle of whatever they do; the supervisor replaces them. */
export const run: Run<'kill'> = (hall, { target, silent }, signal) =>
  onEach(hall, target, {
    state: silent ? 'was killed; its group waits out the session' : 'was killed',
    act: (slot) => hall.supervisor.kill(slot, silent),
    signal,
  });
