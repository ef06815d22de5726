import { clusterTrouble, waitsFor } from '../panes/waits-for.ts';
import type { ActionContext } from '../types.ts';

/** Why nothing can be asked of the cluster now; undefined when it can. */
export function clusterGuard({ state, now }: Pick<ActionContext, 'state' | 'now'>): string | undefined {
  const trouble = clusterTrouble(state, now);
  if (trouble !== '') return trouble;
  return state.topics.partitions === 0 ? waitsFor(state) : undefined;
}
