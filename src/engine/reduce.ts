import { type Event, isSample } from './event.ts';
import { analytics } from './reducers/analytics.ts';
import { cluster } from './reducers/cluster.ts';
import { audit, commands } from './reducers/commands.ts';
import { doors } from './reducers/doors.ts';
import { groups, rebalances } from './reducers/groups.ts';
import { remember } from './reducers/history.ts';
import { knobs } from './reducers/knobs.ts';
import { load } from './reducers/load.ts';
import { marks } from './reducers/marks.ts';
import { type Reducers, reduceBy } from './reducers/reducer.ts';
import { replay } from './reducers/replay.ts';
import { start } from './reducers/start.ts';
import { topics } from './reducers/topics.ts';
import { restarts, workers } from './reducers/workers.ts';
import type { State } from './state.ts';

/** How each noun of the state changes. */
const NOUNS: { [K in Exclude<keyof State, 'pipeline' | 'history' | 'log'>]: Reducers<State[K]> } = {
  start,
  doors,
  cluster,
  topics,
  groups,
  rebalances,
  workers,
  restarts,
  analytics,
  load,
  knobs,
  replay,
  audit,
  marks,
  commands,
};

type Noun = keyof typeof NOUNS;

/** Events that are remembered. */
const LOG = 1000;

function write(log: Event[], event: Event): Event[] {
  if (isSample(event)) return log;
  return [...(log.length < LOG ? log : log.slice(1 - LOG)), event];
}

function reduceNoun<K extends Noun>(noun: K, state: State, event: Event): State[K] {
  return reduceBy<State[K]>(NOUNS[noun], state[noun], event, state);
}

/** The state after an event: the only way in which it changes. Nouns that an event does not concern stay the same objects. */
export function reduce(state: State, event: Event): State {
  const changed: Partial<Record<Noun, unknown>> = {};
  for (const noun of Object.keys(NOUNS) as Noun[]) {
    const next = reduceNoun(noun, state, event);
    if (next !== state[noun]) changed[noun] = next;
  }
  const log = write(state.log, event);
  if (log === state.log && Object.keys(changed).length === 0) return state;
  const next = { ...state, ...changed, log } as State;
  const history = remember(state.history, event, next);
  return history === state.history ? next : { ...next, history };
}
