import type { GroupLag, PartitionLag } from '../../../engine/lag/group-lag.ts';
import type { State } from '../../../engine/state.ts';
import { passes } from '../../filter.ts';
import type { View } from '../../types.ts';
import { type Owner, ownerOf } from './owners.ts';
import { toneOf } from './verdicts.ts';

/** A row of the lag table: a group, one of its partitions, or all of them while they fare alike. */
export type LagRow =
  | { is: 'group'; group: GroupLag }
  | { is: 'partition'; group: GroupLag; partition: PartitionLag; owner: Owner }
  | { is: 'all'; group: GroupLag; owner: Owner };

/** From this many rows of screen on there is room for every partition. */
const TALL = 50;

/** More partitions than this are shown as one row while they fare alike. */
const FEW = 4;

/** Our groups first, inventory before analytics, then others that were asked about. */
export function groupsOf({ groups, pipeline }: State): GroupLag[] {
  const ours = [pipeline.groups.inventory, pipeline.groups.analytics];
  const others = Object.keys(groups)
    .filter((id) => !ours.includes(id))
    .sort();
  return [...ours, ...others].flatMap((id) => groups[id] ?? []);
}

/** Rows of the table, those that the filter lets pass. */
export function lagRows(state: State, view: View): LagRow[] {
  const isRoomy = view.isZoomed || view.size.rows >= TALL || (view.filters.lag ?? '') !== '';
  return groupsOf(state)
    .flatMap((group) => rowsOf(state, group, isRoomy))
    .filter((row) => passes(view.filters.lag, textOf(row)));
}

function rowsOf(state: State, group: GroupLag, isRoomy: boolean): LagRow[] {
  const each = group.partitions.map((partition) => {
    const owner = ownerOf(state, group, partition.topic, partition.partition);
    return { is: 'partition', group, partition, owner } as const;
  });
  const first = each[0];
  const isAlike = each.every(({ owner }) => owner.name === first?.owner.name) && toneOf(group.verdict) !== 'bad';
  const isOne = !isRoomy && first !== undefined && each.length > FEW && isAlike;
  return [{ is: 'group', group }, ...(isOne ? [{ is: 'all', group, owner: first.owner } as const] : each)];
}

function textOf(row: LagRow): string {
  if (row.is === 'group') return `${row.group.groupId} ${row.group.verdict}`;
  const where = row.is === 'all' ? 'partitions' : `${row.partition.topic}/${row.partition.partition}`;
  return `${row.group.groupId} ${where} ${row.owner.name} ${verdictOf(row)}`;
}

/** How the row fares. */
export function verdictOf(row: LagRow): GroupLag['verdict'] {
  return row.is === 'partition' ? row.partition.verdict : row.group.verdict;
}

/** The row under the cursor. */
export function selectedRow(state: State, view: View): LagRow | undefined {
  const rows = lagRows(state, view);
  return rows[Math.min(view.cursors.lag ?? 0, rows.length - 1)];
}
