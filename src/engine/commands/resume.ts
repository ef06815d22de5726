import type { Run } from '../hall.ts';
import { onEach } from './targets.ts';

/** Has paused workers go on. */
export const run: Run<'resume'> = (hall, { target }, signal) =>
  onEach(hall, target, { state: 'goes on', act: (slot) => hall.supervisor.resume(slot), signal });
