import type { Run } from '../hall.ts';

/** Notes all facts, brought up to date before. */
export const run: Run<'mark'> = async (hall, _, signal) => {
  await hall.refresh(['total_orders', 'lag'], signal);
  hall.events.emit({ type: 'mark-set' });
  return { data: null, text: ['marked: since.FACT counts from here'] };
};
