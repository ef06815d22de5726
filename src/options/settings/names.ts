import { z } from 'zod';
import { setting, variableOf } from '../setting.ts';

function name(option: `--${string}`, value: string, help: string, fallback: string) {
  return setting({
    option,
    value,
    help,
    variables: [{ name: variableOf(option) }],
    json: 'text',
    is: 'up to 249 letters, digits, ".", "_" and "-"',
    schema: z
      .string()
      .regex(/^[\w.-]{1,249}$/)
      .refine((text) => text !== '.' && text !== '..'),
    fallback,
  });
}

/** What our topics and groups are called. */
export const nameSettings = {
  prefix: setting({
    option: '--prefix',
    value: '<TEXT>',
    help: 'put before those names of our topics and groups that are not given',
    variables: [{ name: 'LUNCHRUSH_PREFIX' }],
    json: 'text',
    is: 'up to 100 letters, digits, ".", "_" and "-"',
    schema: z.string().regex(/^[\w.-]{1,100}$/),
  }),
  ordersTopic: name('--orders-topic', '<TOPIC>', 'where orders are', 'orders'),
  inventoryEventsTopic: name('--inventory-events-topic', '<TOPIC>', 'where outcomes are', 'inventory-events'),
  deadLettersTopic: name('--dead-letters-topic', '<TOPIC>', 'where malformed records go', 'orders-dlt'),
  inventoryGroup: name('--inventory-group', '<GROUP>', 'group of the inventory workers', 'inventory-service-group'),
  analyticsGroup: name('--analytics-group', '<GROUP>', 'group of analytics', 'analytics-group'),
};
