import type { GroupSample } from '../event.ts';
import type { Run } from '../hall.ts';
import { columns } from '../print/columns.ts';

/** Prints the groups of the cluster and their states. */
export const run: Run<'groups'> = async ({ cluster }) => {
  const ids = await cluster.groups();
  const groups = ids.length === 0 ? [] : await cluster.describe(ids);
  return {
    data: groups.map(({ groupId, state, protocol, members }) => ({
      groupId,
      state,
      protocol,
      members: members.length,
    })),
    text: printGroups(groups),
  };
};

const HEADS = [{ title: 'group' }, { title: 'state' }, { title: 'protocol' }, { title: 'members', right: true }];

/** A row for each group. */
export function printGroups(groups: readonly Omit<GroupSample, 'partitions'>[]): string[] {
  const rows = groups.map(({ groupId, state, protocol, members }) => [
    groupId,
    state,
    protocol || '-',
    String(members.length),
  ]);
  return rows.length === 0 ? ['no groups'] : columns(HEADS, rows);
}
