import type { State } from '../../engine/state.ts';
import type { Fact } from '../facts/fact.ts';
import { filterLine } from '../filter.ts';
import { left } from '../format/line.ts';
import { clock } from '../format/time.ts';
import type { Box, Line, Pane, Segment, View } from '../types.ts';
import { pointed } from './cursor.ts';
import { isFollowing, selectedFact, shownFacts } from './facts/shown.ts';
import { firstInSight } from './scroll.ts';
import { waitsFor } from './waits-for.ts';

/** From this width on the command that caused a fact stands beside it. */
const BESIDE = 96;

/** Share of the width that commands get. */
const COMMANDS = 0.38;

/** What happened, the newest first, and by which command. */
export const factsPane: Pane = {
  id: 'facts',
  title: 'Facts',
  about: 'What happened, when and why: each line a fact, beside it the command that brought it about.',
  note: (_, view) => (isFollowing(view) ? 'following' : 'held; f follows'),
  rows: (state, view) => shownFacts(state, view).length,
  draw,
  drawLine: (state, view, box) => draw(state, view, box)[0] ?? [],
};

function draw(state: State, view: View, box: Box): Line[] {
  const filter = filterLine(view, 'facts', box.width);
  const height = Math.max(0, box.height - filter.length);
  const facts = [...shownFacts(state, view)].reverse();
  if (facts.length === 0) return [...filter, nothing(state, view)];
  const selected = selectedFact(state, view);
  const cursor = Math.max(
    0,
    facts.findIndex(({ id }) => id === selected?.id),
  );
  const from = firstInSight(facts.length, cursor, height);
  const isChosen = (fact: Fact) => view.focus === 'facts' && fact.id === selected?.id;
  const rows = facts.slice(from, from + height).map((fact) => row(fact, box.width, isChosen(fact)));
  return [...filter, ...rows];
}

function nothing(state: State, view: View): Line {
  const text = view.filters.facts ? 'no fact has this text' : waitsFor(state) || 'nothing has happened yet';
  return [{ text: ` ${text}`, tone: 'dim' }];
}

function row(fact: Fact, width: number, isChosen: boolean): Line {
  const command = fact.cause?.text ?? '';
  const beside = width >= BESIDE ? Math.floor(width * COMMANDS) : 0;
  const head: Segment = { text: `${clock(fact.at)}  `, tone: 'dim' };
  const room = width - 11 - (command === '' ? 0 : beside);
  const tone = isChosen && fact.tone === undefined ? 'bold' : fact.tone;
  const said = left(fact.text, Math.max(0, room - 1), tone);
  const tail: Segment[] = command !== '' && beside > 0 ? [{ text: ` ${command}`, tone: 'dim' }] : [];
  return pointed([head, said, ...tail], isChosen);
}
