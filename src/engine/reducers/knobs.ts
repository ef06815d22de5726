import type { Slot } from '../../workers/messages.ts';
import type { KnobsState } from '../state.ts';
import type { Reducers } from './reducer.ts';

function apply(noun: KnobsState, slot: Slot, revision: number): KnobsState {
  return noun.applied[slot] === revision ? noun : { ...noun, applied: { ...noun.applied, [slot]: revision } };
}

/** Knobs: wanted by the operator, applied by each worker. */
export const knobs: Reducers<KnobsState> = {
  'knobs-set': (noun, { knobs: wanted }) => ({ ...noun, wanted }),
  'knobs-applied': (noun, { slot, knobs: said }) => apply(noun, slot, said.revision),
  'digest-arrived': (noun, { digest }) =>
    digest.kind === 'inventory' ? apply(noun, digest.slot, digest.appliedRevision) : noun,
  'worker-removed': (noun, { slot }) => {
    const { [slot]: _, ...applied } = noun.applied;
    return { ...noun, applied };
  },
};
