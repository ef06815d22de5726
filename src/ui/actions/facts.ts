import { equivalentOf } from '../equivalent.ts';
import { factDetails } from '../panes/facts/details.ts';
import { factText, isFollowing, selectedFact, shownFacts } from '../panes/facts/shown.ts';
import type { ActionContext, ActionRow } from '../types.ts';
import { kafkaCopy } from './kafka-copy.ts';
import { see } from './see.ts';
import { detailsWidth } from './width.ts';

const PAGE = 10;

/** Moves to another fact, and lets go of the newest; the list is drawn the newest first, so down is back in time. */
function move({ state, view }: ActionContext, to: (from: number, last: number) => number) {
  const facts = [...shownFacts(state, view)].reverse();
  const selected = selectedFact(state, view);
  const last = Math.max(0, facts.length - 1);
  const next =
    facts[
      Math.min(
        last,
        Math.max(
          0,
          to(
            facts.findIndex(({ id }) => id === selected?.id),
            last,
          ),
        ),
      )
    ];
  if (!next) return [];
  return see({ type: 'cursor-moved', of: 'facts', to: next.id }, { type: 'follow-set', pane: 'facts', follows: false });
}

function step(
  id: string,
  chords: readonly string[],
  help: string,
  to: (from: number, last: number) => number,
): ActionRow {
  return { id, layer: 'facts', chords, hint: id.replaceAll('-', ' '), help, run: (context) => move(context, to) };
}

function nothingThere({ state, view }: ActionContext): string | undefined {
  return selectedFact(state, view) ? undefined : 'no fact is there';
}

function equivalent({ state, view }: ActionContext) {
  const cause = selectedFact(state, view)?.cause;
  return cause && equivalentOf(cause.command, state);
}

/** Keys of the log of facts. */
export const facts: readonly ActionRow[] = [
  step('earlier-fact', ['j', 'down'], 'goes to the fact before, and stays on it', (from) => from + 1),
  step('later-fact', ['k', 'up'], 'goes to the fact after it', (from) => from - 1),
  step('earlier-facts', ['pagedown', 'ctrl+d'], 'goes ten facts back', (from) => from + PAGE),
  step('later-facts', ['pageup', 'ctrl+u'], 'goes ten facts on', (from) => from - PAGE),
  step('newest-fact', ['g', 'home'], 'goes to the newest fact, and stays on it', () => 0),
  step('oldest-fact', ['G', 'end'], 'goes to the oldest fact', (_, last) => last),
  {
    id: 'follow-facts',
    layer: 'facts',
    chords: ['f'],
    hint: 'follow',
    help: 'keeps the newest fact in sight, or stays where it is',
    rank: 30,
    run({ state, view }) {
      const follows = !isFollowing(view);
      const to = selectedFact(state, view)?.id ?? 0;
      return see({ type: 'cursor-moved', of: 'facts', to }, { type: 'follow-set', pane: 'facts', follows });
    },
  },
  {
    id: 'show-fact',
    layer: 'facts',
    chords: ['enter'],
    hint: 'details',
    help: 'shows the fact in full, with its command and the events that tell it',
    rank: 10,
    guard: nothingThere,
    run({ state, view }) {
      const fact = selectedFact(state, view);
      if (!fact) return [];
      const lines = factDetails(fact, state, detailsWidth(view));
      const kafka = fact.cause && equivalentOf(fact.cause.command, state);
      return see({ type: 'overlay-opened', overlay: { kind: 'details', pane: 'facts', title: 'Fact', lines, kafka } });
    },
  },
  {
    id: 'copy-fact',
    layer: 'facts',
    chords: ['y'],
    hint: 'copy',
    help: 'copies the fact',
    rank: 20,
    guard: nothingThere,
    run({ state, view }) {
      const fact = selectedFact(state, view);
      return fact ? [{ do: 'copy', text: factText(fact), what: 'the fact' }] : [];
    },
  },
  kafkaCopy({
    id: 'copy-fact-equivalent',
    layer: 'facts',
    help: "copies what somebody with Kafka's own tools would have typed",
    rank: 21,
    of: equivalent,
    nothing: (context) => nothingThere(context) ?? 'no command brought this about, so there is none to copy',
  }),
];
