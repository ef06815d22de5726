import type { Run } from '../hall.ts';
import { onEach } from './targets.ts';

/** Has workers take no more records; they stay in their group. */
export const run: Run<'pause'> = (hall, { target }, signal) =>
  onEach(hall, target, { state: 'is paused', act: (slot) => hall.supervisor.pause(slot), signal });
