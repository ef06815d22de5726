import type { State } from '../engine/state.ts';
import { analyticsBacklog, inventoryBacklog } from './backlog.ts';
import { cellsOf, padStart } from './cells.ts';
import { widthOf } from './paint.ts';
import { appendedRate } from './rates.ts';
import type { Line, Segment, View } from './types.ts';
import type { World } from './world.ts';

/** What the pipeline is about, in a word or a sentence: the line of truth ends with it. */
export function statusOf({ cluster, start, load, replay, groups, pipeline }: State, now: number): Segment {
  const forSeconds = `${Math.max(0, Math.round((now - cluster.since) / 1000))} s`;
  if (cluster.state === 'stopped') return { text: `○ broker stopped for ${forSeconds}`, tone: 'bad' };
  if (cluster.state === 'away') return { text: `○ broker away for ${forSeconds}: ${cluster.reason}`, tone: 'bad' };
  if (start.holder !== null) return { text: `● watching, process ${start.holder} runs it`, tone: 'work' };
  if (!start.isDone) return { text: `○ ${start.what}`, tone: 'work' };
  if (replay.running) return { text: '● replaying', tone: 'work' };
  const worst = Object.values(pipeline.groups).map((id) => groups[id]?.verdict);
  if (worst.includes('stopped') || worst.includes('stalled')) return { text: '● stands still', tone: 'bad' };
  return load.running ? { text: '● under load', tone: 'good' } : { text: '● running', tone: 'good' };
}

/** Where the log is: the broker of ours, or a cluster. */
function placeOf({ cluster }: State): string {
  if (cluster.address === '') return '';
  return cluster.embedded ? `embedded broker, single node, ${cluster.address}` : cluster.address;
}

/** Records that wait in both groups, and where that number goes. */
function backlog(state: State, now: number): string {
  const both = [inventoryBacklog(state, now), analyticsBacklog(state, now)];
  const records = both.reduce((sum, one) => sum + one.records, 0);
  const arrow = both.find((one) => one.trend !== ' ')?.trend ?? ' ';
  return `${records.toLocaleString('en')} ${arrow}`;
}

function uptime(forMs: number): string {
  const seconds = Math.max(0, Math.floor(forMs / 1000));
  const two = (n: number) => String(n).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** The one line of truth: where, rate, backlog with its direction, state, since when. */
export function topLine({ state, now, waiting }: World, { pausedAt }: View, width: number): Line {
  const rate = Math.round(appendedRate(state, state.pipeline.topics.orders, now));
  const status: Segment =
    pausedAt === null
      ? statusOf(state, now)
      : { text: `PAUSED, ${waiting} ${waiting === 1 ? 'fact waits' : 'facts wait'}`, tone: 'work' };
  const numbers: Segment[] = [
    { text: 'orders ', tone: 'dim' },
    { text: padStart(`${rate.toLocaleString('en')}/s`, 8) },
    { text: '  backlog ', tone: 'dim' },
    { text: padStart(backlog(state, now), 9) },
  ];
  const name: Line = [{ text: ' ' }, { text: 'LUNCHRUSH', tone: 'bold' }];
  const place: Segment = { text: `  ${placeOf(state)}`, tone: 'dim' };
  const clock: Segment = { text: `  ${uptime(now - state.start.at)} `, tone: 'dim' };
  return justified([...name], place, [...numbers, { text: '  ' }, status], clock, width);
}

/** Left and right to the edges; the place and the clock go first when room is short. */
function justified(left: Line, place: Segment, right: Line, clock: Segment, width: number): Line {
  const least = widthOf(left) + widthOf(right) + 2;
  const withPlace = least + cellsOf(place.text) <= width;
  const withClock = least + (withPlace ? cellsOf(place.text) : 0) + cellsOf(clock.text) <= width;
  const head = withPlace ? [...left, place] : left;
  const tail = withClock ? [...right, clock] : [...right, { text: ' ' }];
  return [...head, { text: ' '.repeat(Math.max(1, width - widthOf(head) - widthOf(tail))) }, ...tail];
}
