import type { Backlog } from '../../backlog.ts';
import { cellsOf } from '../../cells.ts';
import { sparkline } from '../../format/chart.ts';
import { gap, left, padded, right } from '../../format/line.ts';
import { count, rate } from '../../format/number.ts';
import { seconds } from '../../format/time.ts';
import type { Line, Segment } from '../../types.ts';
import type { Pair, Station } from './station.ts';

/** Widest block and gap: more room stays empty rather than pull what belongs together apart. */
const BLOCK = { least: 13, most: 26 };
const ARROW = { least: 3, most: 10 };

/** Least width at which the five stations stand side by side, cells. */
export const MAP_WIDTH = 5 * BLOCK.least + 4 * ARROW.least;

type Measure = { margin: number; block: number; arrow: number };

function measure(width: number): Measure {
  const margin = width > MAP_WIDTH ? 1 : 0;
  const arrow = Math.min(ARROW.most, Math.max(ARROW.least, Math.floor(width / 20)));
  const block = Math.min(BLOCK.most, Math.floor((width - margin - 4 * arrow) / 5));
  return { margin, block, arrow };
}

/** The stations side by side with arrows between, and the backlogs beneath: five lines. */
export function drawMap(stations: readonly Station[], width: number): Line[] {
  const { margin, block, arrow } = measure(width);
  const columns = stations.map((station) => blockOf(station, block));
  const rows = [0, 1, 2, 3].map((row) => [
    gap(margin),
    ...columns.flatMap((lines, i) => [...between(i, row, arrow), ...padded(lines[row] ?? [], block)]),
  ]);
  return [...rows, backlogLine(stations, { margin, block, arrow })];
}

function between(column: number, row: number, arrow: number): Segment[] {
  if (column === 0) return [];
  return [row === 1 ? { text: ` ${'─'.repeat(arrow - 3)}→ `.padStart(arrow), tone: 'dim' } : gap(arrow)];
}

function blockOf({ titles, state, pairs, spark }: Station, width: number): Line[] {
  const title = titles.find((each) => cellsOf(each) <= width) ?? titles.at(-1) ?? '';
  const rows = pairs.map((pair) => pairLine(pair, width));
  return [[left(title, width, 'bold')], state, ...rows, ...(spark ? [sparkLine(spark, width)] : [])];
}

/** Label at the left, value at the right; a label that does not fit gives way to a shorter one. */
export function pairLine({ labels, value, tone }: Pair, width: number): Line {
  const label = labels.find((each) => cellsOf(each) + 1 + cellsOf(value) <= width) ?? '';
  const room = width - cellsOf(label);
  return [{ text: label, tone: 'dim' }, right(value, room, tone)];
}

function sparkLine({ rates, rate: now }: NonNullable<Station['spark']>, width: number): Line {
  const text = rate(now);
  const room = Math.max(0, width - cellsOf(text) - 1);
  return [{ text: sparkline(rates, Math.min(room, rates.length)).padEnd(room), tone: 'dim' }, gap(1), { text }];
}

/** What waits before inventory and before analytics, each ending under the arrow that leads there. */
function backlogLine(stations: readonly Station[], { margin, block, arrow }: Measure): Line {
  const line: Segment[] = [];
  let at = 0;
  stations.forEach(({ backlog }, i) => {
    if (!backlog) return;
    const from = margin + (i - 1) * (block + arrow) + Math.min(6, Math.floor(block / 2));
    line.push(gap(from - at), ...backlogText(backlog, Math.min(36, 2 * block + arrow - 7)));
    at = Math.max(at, from) + cells(backlogText(backlog, Math.min(36, 2 * block + arrow - 7)));
  });
  return line;
}

function cells(segments: readonly Segment[]): number {
  return segments.reduce((sum, { text }) => sum + cellsOf(text), 0);
}

/** `backlog 3,410 ↓ drained in 12 s`; the promise goes first where there is no room for it. */
export function backlogText({ records, trend, etaMs }: Backlog, width: number): Segment[] {
  const head = { text: 'backlog ', tone: 'dim' } as const;
  const sum: Segment = { text: `${count(records)} ${trend}`, ...(trend === '↑' ? { tone: 'work' as const } : {}) };
  const isDraining = records > 0 && trend !== '↑' && etaMs !== null && etaMs >= 1000;
  const promise = isDraining ? ` drained in ${seconds(etaMs)}` : '';
  return cells([head, sum]) + promise.length <= width ? [head, sum, { text: promise, tone: 'dim' }] : [head, sum];
}
