import type { PipelineOptions } from '../options.ts';
import { defined } from './defined.ts';
import { refuse } from './refuse.ts';
import type { Settings } from './settings.ts';

/** Names of topics and groups, all given. */
export type Names = {
  topics: { orders: string; inventoryEvents: string; deadLetters: string };
  groups: { inventory: string; analytics: string };
};

/** What our topics and groups are called: the names that are given, and for the others ours behind the prefix. */
export function namesOf({ prefix, topics, groups }: Pick<PipelineOptions, 'prefix' | 'topics' | 'groups'>): Names {
  return {
    topics: {
      orders: `${prefix}orders`,
      inventoryEvents: `${prefix}inventory-events`,
      deadLetters: `${prefix}orders-dlt`,
      ...topics,
    },
    groups: { inventory: `${prefix}inventory-service-group`, analytics: `${prefix}analytics-group`, ...groups },
  };
}

/** The names among the settings. Throws OPTIONS_WRONG where two topics or two groups would have the same one. */
export function readNames(settings: Settings): Pick<PipelineOptions, 'topics' | 'groups'> {
  const { prefix = '', ordersTopic, inventoryEventsTopic, deadLettersTopic, inventoryGroup, analyticsGroup } = settings;
  const topics = defined({
    orders: ordersTopic,
    inventoryEvents: inventoryEventsTopic,
    deadLetters: deadLettersTopic,
  });
  const groups = defined({ inventory: inventoryGroup, analytics: analyticsGroup });
  const names = namesOf({ prefix, topics, groups });
  refuseTwins('topic', Object.values(names.topics));
  refuseTwins('group', Object.values(names.groups));
  return {
    ...(Object.keys(topics).length > 0 ? { topics } : {}),
    ...(Object.keys(groups).length > 0 ? { groups } : {}),
  };
}

function refuseTwins(kind: string, names: readonly string[]): void {
  const twin = names.find((name, i) => names.indexOf(name) !== i);
  if (twin !== undefined)
    throw refuse(`two of our ${kind}s would both be called "${twin}": each needs a name of its own`);
}
