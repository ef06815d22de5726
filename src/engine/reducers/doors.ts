import type { DoorsState } from '../state.ts';
import type { Reducers } from './reducer.ts';

/** Where the HTTP doors are; they stay open as long as the program runs. */
export const doors: Reducers<DoorsState> = {
  'doors-opened': (_, { orders, analytics }) => ({ orders, analytics }),
};
