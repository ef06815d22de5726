import { abortable } from '../bounded.ts';
import type { Run } from '../hall.ts';
import { percent } from '../print/quantity.ts';
import { refuseForeign } from './targets.ts';

/** Sets the share of orders that find no stock. Ends when every running inventory worker says that it applies it. */
export const run: Run<'fail-rate'> = async (hall, { failRate }, signal) => {
  refuseForeign(hall, 'the fail rate is not ours to turn', 'inventory');
  await abortable(hall.supervisor.turn({ failRate }), signal);
  return { data: { failRate }, text: [`fail rate is ${percent(failRate)}`] };
};
