import { allFacts } from '../facts.ts';
import type { MarksState } from '../state.ts';
import type { Reducers } from './reducer.ts';

/** Facts at the last mark. */
export const marks: Reducers<MarksState> = {
  'mark-set': (_, { at }, state) => ({ at, facts: allFacts(state) }),
};
