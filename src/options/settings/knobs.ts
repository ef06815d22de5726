import { type Quantities, quantity, setting, wholeFrom } from '../setting.ts';

/** How the pipeline works at its start. */
export function knobSettings({ fraction, duration }: Quantities) {
  return {
    failRate: setting({
      option: '--fail-rate',
      value: '<FRACTION>',
      help: 'share of orders that inventory refuses',
      variables: [{ name: 'LUNCHRUSH_FAIL_RATE' }, { name: 'INVENTORY_FAIL_RATE' }],
      json: 'share',
      is: 'a fraction from 0 to 1, such as 0.3 or 30%',
      schema: quantity(fraction),
      fallback: '0',
    }),
    throttle: setting({
      option: '--throttle',
      value: '<DURATION>',
      help: 'pause that inventory makes per order',
      variables: [{ name: 'LUNCHRUSH_THROTTLE' }, { name: 'CONSUMER_THROTTLE_MS', unit: 'ms' }],
      json: 'text',
      is: 'a duration such as 20ms or 1s',
      schema: quantity(duration),
      fallback: '0',
    }),
    workers: setting({
      option: '--workers',
      value: '<N>',
      help: 'inventory workers at the start; 0: nobody of ours joins a group, workers run elsewhere',
      variables: [{ name: 'LUNCHRUSH_WORKERS' }],
      json: 'number',
      is: 'a number of workers from 0 to 64',
      schema: wholeFrom(0, 64),
      fallback: '1',
    }),
  };
}
