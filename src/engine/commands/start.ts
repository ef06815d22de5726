import type { Run } from '../hall.ts';
import { onEach } from './targets.ts';

/** Starts stopped workers. */
export const run: Run<'start'> = (hall, { target }, signal) =>
  onEach(hall, target, { state: 'is up', act: (slot) => hall.supervisor.start(slot), signal });
