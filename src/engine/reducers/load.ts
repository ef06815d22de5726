import type { Slot } from '../../workers/messages.ts';
import type { LoadState } from '../state.ts';
import type { Reducers } from './reducer.ts';

/** A load test cannot outlive the thread that sends it. */
function lost(noun: LoadState, { slot }: { slot: Slot }): LoadState {
  return noun.running && slot.startsWith('load/') ? { ...noun, running: false, stopped: true } : noun;
}

/** The latest load test. */
export const load: Reducers<LoadState> = {
  'load-started': (_, { plan }) => ({ plan, report: null, running: true, stopped: false }),
  'digest-arrived': (noun, { digest }) =>
    digest.kind === 'load' && noun.running && digest.run === noun.plan?.run ? { ...noun, report: digest } : noun,
  'load-finished': (noun, { report, stopped }) => ({ ...noun, report, running: false, stopped }),
  'worker-died': lost,
  'worker-killed': lost,
  'worker-stopped': lost,
};
