import type { StartState } from '../state.ts';
import type { Reducers } from './reducer.ts';

/** How the start goes. What begins again later, as a broker that comes back, is told by its own noun. */
export const start: Reducers<StartState> = {
  'start-progressed': (noun, { what }) => ({ ...noun, what }),
  'lease-denied': (noun, { holder }) => ({ ...noun, holder }),
  'pipeline-running': (noun) => ({ ...noun, what: '', isDone: true }),
};
