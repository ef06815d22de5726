import type { State } from '../../src/engine/state.ts';
import { press } from '../../src/ui/keymap.ts';
import type { Outcome, View } from '../../src/ui/types.ts';
import { reduceView } from '../../src/ui/view.ts';
import { NOW, view } from './states.ts';

/** Presses chords one after the other on a state that stands still: the view after them, and all that was asked for. */
export function pressed(state: State, of: Partial<View>, ...chords: string[]): { view: View; outcomes: Outcome[] } {
  let eye = view(of);
  const outcomes: Outcome[] = [];
  for (const chord of chords) {
    const led = press({ state, view: eye, now: NOW, chord });
    outcomes.push(...led);
    for (const outcome of led) if (outcome.do === 'see') eye = outcome.events.reduce(reduceView, eye);
  }
  return { view: eye, outcomes };
}

/** The commands among outcomes. */
export function commandsOf(outcomes: readonly Outcome[]) {
  return outcomes.flatMap((outcome) => (outcome.do === 'command' ? outcome.command : []));
}
