import { addMember, createGroup, type Group } from './group.ts';
import type { Member } from './member.ts';

/** A group as it is written down: JSON, bytes in base64. */
export type GroupRecord = {
  generation: number;
  since: number;
  protocolType: string | null;
  protocolName: string | null;
  leader: string | null;
  members: MemberRecord[];
};

type MemberRecord = {
  id: string;
  instanceId: string | null;
  clientId: string;
  clientHost: string;
  sessionTimeoutMs: number;
  rebalanceTimeoutMs: number;
  protocols: { name: string; metadata: string }[];
  assignment: string;
};

/** Writes a group down as it is now. */
export function toRecord({ generation, since, protocolType, protocolName, leader, members }: Group): GroupRecord {
  return { generation, since, protocolType, protocolName, leader, members: [...members.values()].map(toMemberRecord) };
}

/** A written group come back: stable if it has members, as nobody told them otherwise; else empty. */
export function fromRecord(id: string, record: GroupRecord): Group {
  const group = createGroup(id, record.since);
  group.generation = record.generation;
  group.protocolType = record.protocolType;
  group.protocolName = record.protocolName;
  for (const member of record.members) addMember(group, fromMemberRecord(member));
  group.leader = record.leader;
  group.state = group.members.size > 0 ? 'Stable' : 'Empty';
  return group;
}

function toMemberRecord(member: Member): MemberRecord {
  const { id, instanceId, clientId, clientHost, sessionTimeoutMs, rebalanceTimeoutMs } = member;
  return {
    ...{ id, instanceId, clientId, clientHost, sessionTimeoutMs, rebalanceTimeoutMs },
    protocols: member.protocols.map(({ name, metadata }) => ({ name, metadata: metadata.toString('base64') })),
    assignment: member.assignment.toString('base64'),
  };
}

function fromMemberRecord({ protocols, assignment, ...rest }: MemberRecord): Member {
  return {
    ...rest,
    protocols: protocols.map(({ name, metadata }) => ({ name, metadata: Buffer.from(metadata, 'base64') })),
    assignment: Buffer.from(assignment, 'base64'),
    join: undefined,
    sync: undefined,
    deadlineAt: 0,
    cancelSession: undefined,
  };
}
