import type { State } from './state.ts';

/** A group id as people write it: `inventory` and `analytics` stand for our groups. */
export function groupIdOf(state: Pick<State, 'pipeline'>, written: string): string {
  const ours: Record<string, string> = state.pipeline.groups;
  return ours[written] ?? written;
}

/** Ids of our two groups. */
export function ourGroups(state: Pick<State, 'pipeline'>): string[] {
  return Object.values(state.pipeline.groups);
}
