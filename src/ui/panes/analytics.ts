import type { State } from '../../engine/state.ts';
import { clock, seconds } from '../format/time.ts';
import { wrap } from '../format/wrap.ts';
import type { Box, Line, Pane, View } from '../types.ts';
import { minuteLines } from './analytics/minutes.ts';
import { replayLines } from './analytics/replay.ts';
import { counterLines, counterRows, selectedCounter } from './analytics/table.ts';
import { faded } from './faded.ts';
import { waitsFor } from './waits-for.ts';
import { workersOf } from './worker-state.ts';

/** What the log adds up to, and whether reading it again gives the same. */
export const analyticsPane: Pane = {
  id: 'analytics',
  title: 'Analytics',
  about: 'Every number here is a fold of the two topics: R reads them again from the beginning and compares.',
  note,
  rows: (state) => counterRows(state).length,
  draw,
};

/** Rows that the replay takes at most. */
const REPLAY_ROWS = 3;

/** Older than this, ms, a digest is shown as one of the past. */
const STALE_MS = 3000;

/** Analytics tells its numbers several times a second while it is up; when it is not, they are old. */
function isStale(state: State, now: number): boolean {
  const isUp = workersOf(state, 'analytics').some(({ thread }) => thread === 'ready');
  return (
    state.analytics.totals !== null && (!isUp || state.cluster.state !== 'up') && now - state.analytics.at > STALE_MS
  );
}

function note(state: State, _: View, now: number): string {
  const { analytics, replay } = state;
  if (analytics.totals === null) return waitsFor(state);
  if (isStale(state, now)) return `as of ${seconds(now - analytics.at)} ago`;
  if (analytics.partialBecause !== '') return `partial: ${analytics.partialBecause} has the rest`;
  return replay.running ? 'held' : '';
}

function draw(state: State, view: View, { width, height, now }: Box): Line[] {
  const counters = counterLines(state, view, width);
  const replay = replayLines(state, now, width, REPLAY_ROWS);
  const audit = auditLine(state);
  const room = height - counters.length - replay.length - audit.length;
  const minutes = minuteLines(state.analytics.totals, width, Math.max(0, room > 5 ? room - 2 : room));
  const spare = room - minutes.length;
  const gap: Line[] = spare > 0 && minutes.length > 0 ? [[]] : [];
  const below: Line[] = spare > 1 ? [[]] : [];
  const lines = [...counters, ...gap, ...minutes, ...below, ...replay, ...audit];
  const explained = explanation(state, view, width, height - lines.length - 1);
  const all = [...lines, ...(explained.length > 0 ? [[], ...explained] : [])].slice(0, height);
  return isStale(state, now) ? faded(all) : all;
}

function auditLine({ audit }: State): Line[] {
  if (audit.verdict === 'none') return [];
  const tone = audit.verdict === 'clean' ? 'good' : 'bad';
  return [
    [
      { text: ` audit  ${clock(audit.at)} `, tone: 'dim' },
      { text: audit.sentence, tone },
    ],
  ];
}

/** What the figure under the cursor means, where there is room. */
function explanation(state: State, view: View, width: number, rows: number): Line[] {
  const counter = view.focus === 'analytics' ? selectedCounter(state, view) : undefined;
  if (!counter || rows < 1) return [];
  const lines = wrap(`${counter.name}: ${counter.means}`, width - 2);
  return lines.slice(0, rows).map((text) => [{ text: ` ${text}`, tone: 'dim' }]);
}
