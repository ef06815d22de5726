import { RATE_STRETCH } from '../../engine/lag/rate.ts';
import type { State } from '../../engine/state.ts';
import { paragraphs } from '../format/wrap.ts';
import type { Box, Line, Pane } from '../types.ts';
import { faded } from './faded.ts';
import { drawMapLine } from './pipeline/line.ts';
import { drawList } from './pipeline/list.ts';
import { drawMap, MAP_WIDTH } from './pipeline/map.ts';
import { drawPartitions } from './pipeline/partitions.ts';
import { stationsOf } from './pipeline/station.ts';
import { clusterTrouble, waitsFor } from './waits-for.ts';

/** The map of the pipeline: rate in and out, backlog and state at every hop. */
export const pipelinePane: Pane = {
  id: 'pipeline',
  title: 'Pipeline',
  about:
    'Orders are written to a topic, inventory decides them, its events go to a second topic, analytics counts both.',
  note: (state, _, now) => clusterTrouble(state, now) || waitsFor(state) || doorsOf(state),
  draw,
  drawLine: (state, _, { width, now }) => whole(state, [drawMapLine(state, width, now)])[0] ?? [],
};

/** Hosts that everybody on this machine means. */
const HERE = /^(127\.0\.0\.1|localhost|\[::1\])$/;

/** Where the HTTP doors are, short: `HTTP :8000 :8002`, with the host where that is another one. */
function doorsOf({ doors }: Pick<State, 'doors'>): string {
  if (!doors) return '';
  const places = [doors.orders, doors.analytics].map((address) => {
    const [, host = '', port = ''] = /^https?:\/\/(.*):(\d+)$/.exec(address) ?? [];
    return `${HERE.test(host) ? '' : host}:${port}`;
  });
  return `HTTP ${places.join(' ')}`;
}

function draw(state: State, _: unknown, { width, height, now }: Box): Line[] {
  const stations = stationsOf(state, now);
  const map = width >= MAP_WIDTH ? drawMap(stations, width) : drawList(stations, width, height);
  const room = height - map.length;
  const partitions = room >= 3 ? [[], ...clipped(drawPartitions(state, width), room - 1)] : [];
  const lines = whole(state, [...map, ...partitions]);
  const explained = paragraphs(EXPLAINED, width);
  return height - lines.length > explained.length ? [...lines, [], ...explained] : lines;
}

/** What does not fit is at least counted. */
function clipped(rows: Line[], height: number): Line[] {
  if (rows.length <= height) return rows;
  const left = rows.length - height + 1;
  return [...rows.slice(0, height - 1), [{ text: ` and ${left} more`, tone: 'dim' }]];
}

/** Without a cluster these are the last values that were true. */
function whole(state: State, lines: Line[]): Line[] {
  return state.cluster.state === 'up' || state.cluster.state === 'starting' ? lines : faded(lines);
}

const EXPLAINED = [
  'A topic is a log, cut into partitions. Each partition is read by one worker of a group at a time, in order.',
  'Backlog is what is written and not yet worked off. More workers share the partitions between them, one each at most.',
  'What a worker has finished it commits as an offset; whoever takes the partition over goes on from there.',
  `Every rate is the mean of ${RATE_STRETCH}.`,
];
