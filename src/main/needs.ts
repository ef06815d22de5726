import type { Pipeline } from '../engine/state.ts';
import type { Need, Operation } from '../kafka/needs.ts';

/** Who uses the cluster: whole pipelines, those who only look on, and workers that run alone. */
export type Role = 'pipeline' | 'onlooker' | 'inventory' | 'analytics' | 'load';

/** The permissions that a role cannot do without; all else is found missing when somebody asks for it. */
export function needsOf({ topics, groups }: Pipeline, role: Role): Need[] {
  const { orders, inventoryEvents, deadLetters } = topics;
  const on = (name: string, ...operations: Operation[]): Need[] =>
    operations.map((operation) => ({ operation, resource: 'Topic', name }));
  const of = (name: string, operation: Operation): Need => ({ operation, resource: 'Group', name });
  const inventory = [
    ...on(orders, 'Read'),
    ...on(inventoryEvents, 'Read', 'Write'),
    ...on(deadLetters, 'Write'),
    of(groups.inventory, 'Read'),
  ];
  const look = [...on(orders, 'Read'), ...on(inventoryEvents, 'Read')];
  const needs: Record<Role, Need[]> = {
    // Everything that is shown of a running pipeline is read here as well.
    pipeline: [...inventory, ...on(deadLetters, 'Read'), of(groups.analytics, 'Read')],
    onlooker: [...look, ...on(deadLetters, 'Read'), of(groups.inventory, 'Describe'), of(groups.analytics, 'Describe')],
    inventory,
    analytics: [...look, of(groups.analytics, 'Read')],
    load: on(orders, 'Write'),
  };
  return needs[role];
}
