import type { GroupSample } from '../event.ts';
import { groupIdOf, ourGroups } from '../group-names.ts';
import type { Run } from '../hall.ts';
import { columns } from '../print/columns.ts';

type Described = Omit<GroupSample, 'partitions'>;

/** Prints the members of groups and what they are assigned. */
export const run: Run<'members'> = async (hall, { group }) => {
  const described = await hall.cluster.describe(group === undefined ? ourGroups(hall) : [groupIdOf(hall, group)]);
  return { data: described, text: printMembers(described) };
};

const HEADS = [
  { title: 'group' },
  { title: 'client' },
  { title: 'host' },
  { title: 'assignment' },
  { title: 'member' },
];

/** A row for each member; a group without any says so with its state. */
export function printMembers(groups: readonly Described[]): string[] {
  const rows = groups.flatMap(({ groupId, state, members }) =>
    members.length === 0
      ? [[groupId, '-', '', `no members, ${state}`, '']]
      : members.map((member) => [groupId, member.clientId, member.host, assignment(member), member.memberId]),
  );
  return columns(HEADS, rows);
}

function assignment(member: GroupSample['members'][number]): string {
  const parts = member.assignment.filter((a) => a.partitions.length > 0);
  return parts.map(({ topic, partitions }) => `${topic}/${partitions.join(',')}`).join(' ') || 'nothing';
}
