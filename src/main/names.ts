import type { Pipeline } from '../engine/state.ts';
import type { PipelineOptions } from '../options.ts';

/** What names come from, and whether anything may be changed under them. */
type NamingOptions = Pick<PipelineOptions, 'prefix' | 'topics' | 'groups' | 'readOnly'>;

/** Names of topics and groups: those that were given in full as they are, the others behind the prefix. */
export function namesOf({ prefix, topics, groups, readOnly }: NamingOptions): Pipeline {
  return {
    topics: {
      orders: topics?.orders ?? `${prefix}orders`,
      inventoryEvents: topics?.inventoryEvents ?? `${prefix}inventory-events`,
      deadLetters: topics?.deadLetters ?? `${prefix}orders-dlt`,
    },
    groups: {
      inventory: groups?.inventory ?? `${prefix}inventory-service-group`,
      analytics: groups?.analytics ?? `${prefix}analytics-group`,
    },
    ...(readOnly ? { readOnly } : {}),
  };
}
