import type { AnalyticsDigest } from '../../workers/messages.ts';
import type { EventOf } from '../event.ts';
import type { AnalyticsState, State } from '../state.ts';
import type { Reducers } from './reducer.ts';

/** The digest of an event when it is of the analytics thread that now lives. */
export function analyticsDigest({ digest }: EventOf<'digest-arrived'>, state: State): AnalyticsDigest | undefined {
  if (digest.kind !== 'analytics') return undefined;
  return state.workers[digest.slot]?.incarnation === digest.incarnation ? digest : undefined;
}

/** The fold of the log. While a new thread is restoring, the last totals stay: it has nothing to say yet. */
export const analytics: Reducers<AnalyticsState> = {
  'digest-arrived': (noun, event, state) => {
    const said = analyticsDigest(event, state);
    if (!said || said.state === 'starting') return noun;
    const { totals, digest, partialBecause, latency, recent, at } = said;
    return { totals, digest, partialBecause, latency, recent, at };
  },
};
