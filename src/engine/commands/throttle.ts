import { abortable } from '../bounded.ts';
import type { Run } from '../hall.ts';
import { duration } from '../print/quantity.ts';

/** Sets the pause that each inventory worker makes per order. Ends when every running one says that it applies it. */
export const run: Run<'throttle'> = async (hall, { throttleMs }, signal) => {
  await abortable(hall.supervisor.turn({ throttleMs }), signal);
  return { data: { throttleMs }, text: [`throttle is ${duration(throttleMs)} an order`] };
};
