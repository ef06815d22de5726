import type { State } from '../engine/state.ts';
import { analyticsBacklog, inventoryBacklog } from './backlog.ts';
import { cellsOf, padStart } from './cells.ts';
import { rate } from './format/number.ts';
import { widthOf } from './paint.ts';
import { elsewhere } from './panes/elsewhere.ts';
import { appendedRate } from './rates.ts';
import type { Line, Segment, View } from './types.ts';
import type { World } from './world.ts';

/** What the pipeline is about, in a word or a sentence: the line of truth ends with it. */
export function statusOf(state: State, now: number): Segment {
  const { cluster, start, load, replay, groups, pipeline } = state;
  const forSeconds = `${Math.max(0, Math.round((now - cluster.since) / 1000))} s`;
  if (cluster.state === 'stopped') return { text: `○ broker stopped for ${forSeconds}`, tone: 'bad' };
  if (cluster.state === 'away') return { text: `○ broker away for ${forSeconds}: ${cluster.reason}`, tone: 'bad' };
  if (start.holder !== null) return { text: `● watching, process ${start.holder} runs it`, tone: 'work' };
  if (!start.isDone) return { text: `○ ${start.what}`, tone: 'work' };
  if (replay.running) return { text: '● replaying', tone: 'work' };
  const worst = Object.values(pipeline.groups).map((id) => groups[id]?.verdict);
  if (worst.includes('stopped') || worst.includes('stalled')) return { text: '● stands still', tone: 'bad' };
  if (load.running) return { text: '● under load', tone: 'good' };
  return { text: elsewhere(state) > 0 ? '● run by others' : '● running', tone: 'good' };
}

/** Where the log is: the broker of ours, or a cluster; in full, in short, and not at all. */
function placesOf({ cluster: { address, embedded } }: State): string[] {
  if (address === '') return [''];
  return embedded ? [`  embedded broker, single node, ${address}`, `  embedded ${address}`, ''] : [`  ${address}`, ''];
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
  const orders = rate(appendedRate(state, state.pipeline.topics.orders));
  const status: Segment =
    pausedAt === null
      ? statusOf(state, now)
      : { text: `PAUSED, ${waiting} ${waiting === 1 ? 'fact waits' : 'facts wait'}`, tone: 'work' };
  const numbers: Segment[] = [
    ...(width < WORDY ? [] : [{ text: 'orders ', tone: 'dim' } as const]),
    { text: padStart(orders, 8) },
    { text: '  backlog ', tone: 'dim' },
    { text: padStart(backlog(state, now), 9) },
  ];
  const tail: Line = [...numbers, { text: '  ' }, status];
  const clock: Segment = { text: `  ${uptime(now - state.start.at)}`, tone: 'dim' };
  const name: Line = state.pipeline.readOnly ? [...NAME, { text: '  read-only', tone: 'work' }] : NAME;
  const spare = width - widthOf(name) - widthOf(tail) - 3;
  const place = placesOf(state).find((text) => cellsOf(text) <= spare) ?? '';
  const hasClock = spare - cellsOf(place) >= cellsOf(clock.text);
  return justified(
    [...name, { text: place, tone: 'dim' }],
    [...tail, ...(hasClock ? [clock] : []), { text: ' ' }],
    width,
  );
}

/** From this width on numbers that explain themselves have a name, too. */
const WORDY = 96;

const NAME: Line = [{ text: ' ' }, { text: 'LUNCHRUSH', tone: 'bold' }];

/** Left and right to the edges. */
function justified(left: Line, right: Line, width: number): Line {
  const gap = Math.max(1, width - widthOf(left) - widthOf(right));
  return [...left, { text: ' '.repeat(gap) }, ...right];
}
