import type { State } from '../../engine/state.ts';
import { left } from '../format/line.ts';
import { seconds } from '../format/time.ts';
import type { Box, Line, Pane, Tone, View } from '../types.ts';
import { pointed } from './cursor.ts';
import { ELSEWHERE, elsewhere } from './elsewhere.ts';
import { foreignLine } from './faults/foreign.ts';
import { knobLine, pendingOf } from './faults/knobs.ts';
import { type FaultRow, faultRows } from './faults/rows.ts';
import { workerLines } from './faults/workers.ts';
import { firstInSight } from './scroll.ts';
import { clusterTrouble, waitsFor } from './waits-for.ts';

/** Knobs, workers and the broker: what can be made to go wrong, and to go right again. */
export const faultsPane: Pane = {
  id: 'faults',
  title: 'Faults',
  about:
    'Turn fail rate and throttle, add, pause, kill or hang workers, stop the broker: nothing is lost or counted twice.',
  note,
  rows: (state) => faultRows(state).length,
  draw,
};

function note(state: State, _: View, now: number): string {
  const { waiting } = pendingOf(state);
  if (waiting.length > 0) return 'knobs not yet applied';
  return clusterTrouble(state, now) || (elsewhere(state) > 0 ? ELSEWHERE : '');
}

function draw(state: State, view: View, { width, height, now }: Box): Line[] {
  const rows = faultRows(state);
  const cursor = Math.min(view.cursors.faults ?? 0, rows.length - 1);
  const drawn = rows.flatMap((row, i) =>
    linesOf(state, view, row, { width: width - 2, height, now }).map((line, n) => ({
      row: i,
      line: pointed(line, view.focus === 'faults' && i === cursor && n === 0),
    })),
  );
  const gaps = height - drawn.length;
  const lines = drawn.flatMap(({ row, line }, i) => {
    const isNew = drawn[i - 1]?.row !== row;
    const opens = isNew && ((row === 2 && gaps >= 1) || (rows[row]?.is === 'broker' && row > 2 && gaps >= 2));
    return opens
      ? [
          { row, line: [] as Line },
          { row, line },
        ]
      : [{ row, line }];
  });
  const from = firstInSight(
    lines.length,
    lines.findIndex(({ row }) => row === cursor),
    height,
  );
  return lines.slice(from, from + height).map(({ line }) => line);
}

function linesOf(state: State, view: View, row: FaultRow, { width, now }: Box): Line[] {
  switch (row.is) {
    case 'knob':
      return [knobLine(state, view, row.knob, width)];
    case 'worker':
      return workerLines(state, row.worker, width, now);
    case 'foreign':
      return [foreignLine(state, row, width)];
    case 'broker':
      return [brokerLine(state, width, now)];
  }
}

const CLUSTER: Record<State['cluster']['state'], { word: string; tone: Tone }> = {
  starting: { word: 'starting', tone: 'work' },
  up: { word: 'running', tone: 'good' },
  away: { word: 'away', tone: 'bad' },
  stopped: { word: 'stopped', tone: 'bad' },
};

function brokerLine(state: State, width: number, now: number): Line {
  const { cluster } = state;
  const { word, tone } = CLUSTER[cluster.state];
  const isUp = cluster.state === 'up';
  const said = isUp
    ? cluster.embedded
      ? ''
      : `at ${cluster.address}, not ours to stop`
    : `${seconds(now - cluster.since)}${cluster.reason === '' ? '' : `: ${cluster.reason}`}${howToStart(state)}`;
  return [
    left('broker', 12),
    { text: '● ', tone },
    left(word, 10, isUp ? undefined : tone),
    left(cluster.state === 'starting' ? waitsFor(state) : said, Math.max(0, width - 24), isUp ? 'dim' : tone),
  ];
}

/** Says the keystroke where one helps. */
function howToStart({ cluster }: State): string {
  return cluster.state === 'stopped' && cluster.embedded ? '; s starts it' : '';
}
