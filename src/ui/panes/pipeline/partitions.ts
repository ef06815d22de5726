import type { PartitionLag } from '../../../engine/lag/group-lag.ts';
import type { State } from '../../../engine/state.ts';
import { gap, left, right } from '../../format/line.ts';
import { count } from '../../format/number.ts';
import { duration } from '../../format/time.ts';
import type { Line } from '../../types.ts';
import { wordOf, workersOf } from '../worker-state.ts';

type Row = { partition: PartitionLag; owner: string };

/** `from`: least width of the box in which the column has room. */
type Column = { title: string; width: number; from: number; text(row: Row): string };

const COLUMNS: readonly Column[] = [
  { title: 'written', width: 11, from: 66, text: ({ partition }) => count(partition.high) },
  { title: 'decided', width: 11, from: 66, text: ({ partition }) => count(partition.progress) },
  { title: 'backlog', width: 9, from: 0, text: ({ partition: p }) => count(Math.max(0, p.high - p.progress)) },
  { title: 'behind', width: 9, from: 76, text: ({ partition }) => duration(partition.behindMs) },
];

const NAME = 12;
/** Least width of a box in which a row is of use. */
const LEAST = 50;
const NOBODY = 'nobody: it waits';

/** What each partition of `orders` has come to: shown where the map leaves room. */
export function drawPartitions(state: State, width: number): Line[] {
  const partitions = state.groups[state.pipeline.groups.inventory]?.partitions ?? [];
  const columns = COLUMNS.filter(({ from }) => width >= from);
  const head: Line = [
    gap(1),
    left('partition', NAME, 'dim'),
    ...columns.map(({ title, width: cells }) => right(title, cells, 'dim')),
    { text: '  worker', tone: 'dim' },
  ];
  const rows = partitions.map((partition) => rowOf({ partition, owner: ownerOf(state, partition) }, columns));
  return rows.length === 0 || width < LEAST ? [] : [head, ...rows];
}

function rowOf(row: Row, columns: readonly Column[]): Line {
  const { topic, partition } = row.partition;
  const cells = columns.map(({ width, text }) => right(text(row), width));
  const owner = `  ${row.owner}`;
  return [
    gap(1),
    left(`${topic}/${partition}`, NAME),
    ...cells,
    row.owner === NOBODY ? { text: owner, tone: 'bad' } : { text: owner },
  ];
}

function ownerOf(state: State, { topic, partition }: PartitionLag): string {
  const owner = workersOf(state, 'inventory').find(({ digest }) =>
    digest?.partitions.some((held) => held.topic === topic && held.partition === partition),
  );
  return owner ? `${owner.slot} ${wordOf(owner).word}` : NOBODY;
}
