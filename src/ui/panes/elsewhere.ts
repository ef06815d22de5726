import { foreignMembers } from '../../engine/foreign-members.ts';
import type { State } from '../../engine/state.ts';
import { workersOf } from './worker-state.ts';

/** How many inventory workers of other programs do the work alone: 0 where one is ours, or nobody is there. */
export function elsewhere(state: State): number {
  return workersOf(state, 'inventory').length === 0 ? foreignMembers(state, 'inventory').length : 0;
}

/** Said of what only those programs could do. */
export const ELSEWHERE = 'other programs run the inventory workers';
