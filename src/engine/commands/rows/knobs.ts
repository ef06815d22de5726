import { duration, fraction } from '../../language/value.ts';
import { argument, needed } from '../field.ts';
import { type CommandOf, form, type Row } from '../row.ts';

export const failRate: Row = {
  verb: 'fail-rate',
  summary: 'sets the share of orders that inventory refuses, from now on',
  ends: 'every inventory worker says it applies',
  examples: ['fail-rate 30%', 'fail-rate 0'],
  forms: [
    form<CommandOf<'fail-rate'>, 'verb'>(
      { verb: 'fail-rate' },
      { failRate: needed(argument(fraction, 'decided by a hash of the order id, so a redelivery decides alike')) },
    ),
  ],
};

export const throttle: Row = {
  verb: 'throttle',
  summary: 'sets the pause that each inventory worker makes per order, from now on',
  ends: 'every inventory worker says it applies',
  examples: ['throttle 20ms', 'throttle 0'],
  forms: [
    form<CommandOf<'throttle'>, 'verb'>(
      { verb: 'throttle' },
      { throttleMs: needed(argument(duration, 'per order; 0 for none')) },
    ),
  ],
};
