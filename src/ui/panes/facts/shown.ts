import type { State } from '../../../engine/state.ts';
import type { Fact } from '../../facts/fact.ts';
import { factsOf } from '../../facts/facts.ts';
import { passes } from '../../filter.ts';
import { clock } from '../../format/time.ts';
import type { View } from '../../types.ts';

/** A fact as one line of text, as it is filtered and copied. */
export function factText({ at, text, cause }: Fact): string {
  return `${clock(at)}  ${text}${cause ? `  ${cause.text}` : ''}`;
}

/** The facts that the filter lets pass, the oldest first. */
export function shownFacts({ log }: State, { filters }: View): readonly Fact[] {
  const facts = factsOf(log);
  return filters.facts ? facts.filter((fact) => passes(filters.facts, factText(fact))) : facts;
}

/** Whether the newest fact is kept in sight: out of focus always, for who looks elsewhere wants to see what happens. */
export function isFollowing({ focus, follows }: View): boolean {
  return focus !== 'facts' || follows.facts !== false;
}

/**
 * The fact under the cursor: the newest while the pane follows. Else the cursor is the id of a fact, so that it stays
 * on its row whatever happens above it; where that fact is gone, the one before it, or the oldest.
 */
export function selectedFact(state: State, view: View): Fact | undefined {
  const facts = shownFacts(state, view);
  if (isFollowing(view)) return facts.at(-1);
  const cursor = view.cursors.facts ?? 0;
  return facts.findLast(({ id }) => id <= cursor) ?? facts[0];
}
