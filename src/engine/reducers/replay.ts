import type { ReplayVerdict } from '../../workers/messages.ts';
import type { ReplayNoun } from '../state.ts';
import { analyticsDigest } from './analytics.ts';
import type { Reducers } from './reducer.ts';

function ended(noun: ReplayNoun, { verdict, at }: { verdict: ReplayVerdict; at: number }): ReplayNoun {
  const open = verdict.type === 'different';
  return { running: open && noun.running ? { ...noun.running, phase: 'differs' } : null, last: verdict, lastAt: at };
}

function over(noun: ReplayNoun): ReplayNoun {
  return noun.running === null ? noun : { ...noun, running: null };
}

/** The replay that runs and the verdict of the last. One that differs stays open until it is accepted or undone. */
export const replay: Reducers<ReplayNoun> = {
  'digest-arrived': (noun, event, state) => {
    const said = analyticsDigest(event, state);
    return said && said.replay !== noun.running ? { ...noun, running: said.replay } : noun;
  },
  'replay-identical': ended,
  'replay-differed': ended,
  'replay-reported': ended,
  'replay-cancelled': over,
  'replay-accepted': over,
  'replay-undone': over,
};
