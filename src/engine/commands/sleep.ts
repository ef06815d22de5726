import { throwIfAborted } from '../bounded.ts';
import { pause } from '../clock.ts';
import type { Run } from '../hall.ts';

/** Waits for a time. */
export const run: Run<'sleep'> = async ({ clock }, { forMs }, signal) => {
  await pause(clock, forMs, signal);
  throwIfAborted(signal);
  return { data: { forMs }, text: [] };
};
