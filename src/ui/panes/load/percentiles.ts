import type { LoadState, State } from '../../../engine/state.ts';
import { left, right } from '../../format/line.ts';
import { duration } from '../../format/time.ts';
import type { Line } from '../../types.ts';

type Measured = State['analytics']['latency'];

const COLUMNS = [
  { title: 'p50', key: 'p50' },
  { title: 'p99', key: 'p99' },
  { title: 'p99.9', key: 'p999' },
  { title: 'max', key: 'max' },
] as const satisfies { title: string; key: keyof Measured }[];

const LABEL = 12;
/** A duration and a space before it. */
const CELL = { least: 8, most: 12 };

/** Percentiles of what was measured, a row each; `height` says how many rows there is room for, head included. */
export function percentileLines(
  { delay, publish, rate }: NonNullable<LoadState['report']>,
  endToEnd: Measured,
  width: number,
  height: number,
): Line[] {
  const rows = [
    { label: 'publish', measured: publish },
    { label: 'end to end', measured: endToEnd },
    ...(rate === 'max' ? [] : [{ label: 'send delay', measured: delay }]),
  ];
  const columns = width >= LABEL + 4 * CELL.least ? COLUMNS : COLUMNS.filter(({ key }) => key !== 'p999');
  const cell = Math.min(CELL.most, Math.floor((width - LABEL) / columns.length));
  const head: Line = [left('', LABEL), ...columns.map(({ title }) => right(title, cell, 'dim'))];
  const lines = rows.map(
    ({ label, measured }): Line => [
      left(` ${label}`, LABEL, 'dim'),
      ...columns.map(({ key }) => right(measured.count === 0 ? '–' : duration(measured[key]), cell)),
    ],
  );
  return height < 2 ? [] : [head, ...lines].slice(0, height);
}
