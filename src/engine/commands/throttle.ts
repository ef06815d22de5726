import { abortable } from '../bounded.ts';
import type { Run } from '../hall.ts';
import { duration } from '../print/quantity.ts';
import { refuseForeign } from './targets.ts';

/** Sets the pause that each inventory worker makes per order. Ends when every running one says that it applies it. */
export const run: Run<'throttle'> = async (hall, { throttleMs }, signal) => {
  refuseForeign(hall, 'the throttle is not ours to turn', 'inventory');
  await abortable(hall.supervisor.turn({ throttleMs }), signal);
  return { data: { throttleMs }, text: [`throttle is ${duration(throttleMs)} an order`] };
};
