import type { PartitionLag } from '../../../engine/lag/group-lag.ts';
import type { State } from '../../../engine/state.ts';
import { cellsOf, cut } from '../../cells.ts';
import { left, right } from '../../format/line.ts';
import { count, perSecond, short } from '../../format/number.ts';
import { seconds } from '../../format/time.ts';
import { trend } from '../../format/trend.ts';
import type { Line, Segment, Tone } from '../../types.ts';
import { type LagRow, verdictOf } from './rows.ts';
import { toneOf } from './verdicts.ts';

/** A cell as it is to be set. */
type Cell = { text: string; tone?: Tone };

/** A column of the lag table. Those with the lowest `rank` are shown first when there is not room for all. */
type Column = {
  title: string;
  width: number;
  rank: number;
  isRight?: boolean;
  cell(row: LagRow, state: State, width: number): Cell;
};

/** Ways of a row's partitions, so that one, all and a group read alike. */
function partitionsOf(row: LagRow): PartitionLag[] {
  return row.is === 'partition' ? [row.partition] : row.group.partitions;
}

function sum(row: LagRow, value: (partition: PartitionLag) => number): number {
  return partitionsOf(row).reduce((total, partition) => total + value(partition), 0);
}

function known(row: LagRow, value: (partition: PartitionLag) => number | null): number | null {
  const values = partitionsOf(row).map(value);
  return values.every((each) => each === null) ? null : values.reduce<number>((total, each) => total + (each ?? 0), 0);
}

function flow(value: number | null): Cell {
  return value === null ? { text: '–', tone: 'dim' } : { text: perSecond(value) };
}

/** Committed offsets; null without any. */
function committed(row: LagRow): number | null {
  const has = partitionsOf(row).filter((partition) => partition.committed >= 0);
  return has.length === 0 ? null : has.reduce((total, partition) => total + partition.committed, 0);
}

/** How far back a group's trend looks, ms. */
const TREND_MS = 3000;

/** Of a group by its past; of a partition by what comes in and goes out. */
function direction(row: LagRow, { history }: State): string {
  if (row.is === 'group') {
    const before = history.findLast(({ at }) => at <= row.group.at - TREND_MS);
    return trend(before?.lag[row.group.groupId], row.group.lag);
  }
  if (row.is === 'all' || row.partition.lag === 0) return ' ';
  const { inRate, outRate } = row.partition;
  if (inRate === null || outRate === null) return ' ';
  if (outRate > inRate * 1.05) return '↓';
  return inRate > outRate * 1.05 ? '↑' : ' ';
}

function lagCell(row: LagRow, state: State, width: number): Cell {
  const arrow = direction(row, state);
  const lag = sum(row, (partition) => partition.lag);
  return { text: `${figure(lag, width - 2)} ${arrow}`, ...(arrow === '↑' ? { tone: 'work' as const } : {}) };
}

function leftCell(row: LagRow): Cell {
  const eta = row.is === 'partition' ? row.partition.etaMs : row.group.etaMs;
  const lag = sum(row, (partition) => partition.lag);
  if (lag === 0) return { text: '' };
  return eta === null ? { text: '–', tone: 'dim' } : { text: seconds(eta) };
}

function ownerCell(row: LagRow): Cell {
  if (row.is === 'group') return { text: '' };
  const { name, is } = row.owner;
  const lag = sum(row, (partition) => partition.lag);
  if (is === 'nobody') return { text: name, ...(lag > 0 ? { tone: 'bad' as const } : {}) };
  return is === 'ours' ? { text: name } : { text: name, tone: is === 'gone' ? 'bad' : 'mark' };
}

function nameCell(row: LagRow, width: number): Cell {
  if (row.is === 'group') return { text: row.group.groupId, tone: 'bold' };
  if (row.is === 'all') return { text: `  ${row.group.partitions.length} ${width < 15 ? 'parts' : 'partitions'}` };
  const number = `/${row.partition.partition}`;
  return { text: `  ${cut(row.partition.topic, width - 3 - number.length)}${number}` };
}

function behindCell(row: LagRow): Cell {
  const behindMs = Math.max(0, ...partitionsOf(row).map((partition) => (partition.lag > 0 ? partition.behindMs : 0)));
  return { text: behindMs > 0 ? seconds(behindMs) : '' };
}

/** Hosts that say nothing. */
const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', '0:0:0:0:0:0:0:1']);

function host(row: LagRow): string {
  if (row.is === 'group') return '';
  const { member } = row.owner;
  if (!member) return '';
  const at = member.host.replace(/^\//, '');
  return `  ${member.clientId}${LOOPBACK.has(at) ? '' : `@${at}`}`;
}

function generation(row: LagRow, { workers }: State): string {
  const ours =
    row.is === 'group'
      ? []
      : Object.values(workers).filter(({ digest }) => digest?.memberId === row.owner.member?.memberId);
  return ours[0]?.digest ? String(ours[0].digest.generation) : '';
}

/** A count in a column of that width, a gap before it included. */
function figure(value: number, width: number): string {
  const text = count(value);
  return cellsOf(text) < width ? text : short(value);
}

function offsetCell(value: (row: LagRow) => number | null): Column['cell'] {
  return (row, _, width) => {
    // A group has no offset of its own.
    if (row.is === 'group') return { text: '' };
    const offset = value(row);
    return offset === null ? { text: '–', tone: 'dim' } : { text: figure(offset, width) };
  };
}

function verdictCell(row: LagRow): Cell {
  const verdict = verdictOf(row);
  return { text: ` ${verdict}`, tone: toneOf(verdict) };
}

const NAME = 'partition';

/** In the order in which they stand. */
const COLUMNS: readonly Column[] = [
  { title: NAME, width: 13, rank: 0, cell: (row, _, width) => nameCell(row, width) },
  { title: 'owner', width: 8, rank: 1, cell: ownerCell },
  { title: 'committed', width: 9, rank: 5, isRight: true, cell: offsetCell(committed) },
  { title: 'end', width: 9, rank: 4, isRight: true, cell: offsetCell((row) => sum(row, (p) => p.high)) },
  { title: 'lag  ', width: 9, rank: 0, isRight: true, cell: lagCell },
  { title: 'in/s', width: 7, rank: 6, isRight: true, cell: (row) => flow(known(row, (p) => p.inRate)) },
  { title: 'out/s', width: 6, rank: 2, isRight: true, cell: (row) => flow(known(row, (p) => p.outRate)) },
  { title: 'behind', width: 8, rank: 7, isRight: true, cell: behindCell },
  { title: 'left', width: 6, rank: 3, isRight: true, cell: leftCell },
  { title: ' state', width: 15, rank: 0, cell: verdictCell },
  { title: 'gen', width: 5, rank: 8, isRight: true, cell: (row, state) => ({ text: generation(row, state) }) },
  { title: '  member', width: 26, rank: 9, cell: (row) => ({ text: host(row), tone: 'dim' }) },
];

/** The name gets what is left over, up to this. */
const NAME_MOST = 24;

/** The columns that a width has room for. */
export function columnsFor(width: number): readonly Column[] {
  let room = width;
  const chosen = new Set<Column>();
  for (const column of [...COLUMNS].sort((one, other) => one.rank - other.rank)) {
    if (column.rank > 0 && column.width > room) continue;
    room -= column.width;
    chosen.add(column);
  }
  const more = Math.max(0, Math.min(room, NAME_MOST - 13));
  return COLUMNS.filter((column) => chosen.has(column)).map((column) =>
    column.title === NAME ? { ...column, width: column.width + more } : column,
  );
}

function set({ isRight }: Column, { text, tone }: Cell, width: number): Segment {
  return isRight ? right(text, width, tone) : left(text, width, tone);
}

/** The headings. */
export function headLine(columns: readonly Column[]): Line {
  return columns.map((column) => set(column, { text: column.title, tone: 'dim' }, column.width));
}

/** Columns that a group leaves empty, and its name takes. */
const FREE: ReadonlySet<string> = new Set(['owner', 'committed', 'end']);

/** A row of the table. */
export function rowLine(columns: readonly Column[], row: LagRow, state: State): Line {
  const isGroup = row.is === 'group';
  const free = columns.reduce((cells, { title, width }) => cells + (isGroup && FREE.has(title) ? width : 0), 0);
  return columns
    .filter(({ title }) => !(isGroup && FREE.has(title)))
    .map((column) => {
      const width = column.width + (column.title === NAME ? free : 0);
      return set(column, column.cell(row, state, width), width);
    });
}
