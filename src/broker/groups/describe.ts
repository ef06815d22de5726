import { ERRORS } from '../protocol/errors.ts';
import type { Coordinator } from './coordinator.ts';
import type { Group } from './group.ts';
import { type Member, metadataOf } from './member.ts';
import type { DescribedGroup, DescribeGroupsRequest, DescribeGroupsResponse } from './messages.ts';

/** Kafka's value for "was not asked for". */
const OPERATIONS_OMITTED = -2147483648;
const NO_BYTES = Buffer.alloc(0);

/** DescribeGroups: state, assignor and members. A group that nobody knows is Dead, and that is no error. */
export function describeGroups({ groups }: Coordinator, request: DescribeGroupsRequest): DescribeGroupsResponse {
  const describe = (groupId: string) => {
    const group = groups.get(groupId);
    return group ? toDescription(group) : toAbsence(groupId);
  };
  return { throttleTimeMs: 0, groups: request.groups.map(describe) };
}

function toAbsence(groupId: string): DescribedGroup {
  return {
    errorCode: ERRORS.NONE,
    groupId,
    groupState: 'Dead',
    protocolType: '',
    protocolData: '',
    members: [],
    authorizedOperations: OPERATIONS_OMITTED,
  };
}

/** Who reads what is known only while the group is stable. */
function toDescription(group: Group): DescribedGroup {
  const protocol = group.state === 'Stable' ? group.protocolName : null;
  return {
    errorCode: ERRORS.NONE,
    groupId: group.id,
    groupState: group.state,
    protocolType: group.protocolType ?? '',
    protocolData: protocol ?? '',
    members: [...group.members.values()].map((member) => toMember(member, protocol)),
    authorizedOperations: OPERATIONS_OMITTED,
  };
}

function toMember(member: Member, protocol: string | null): DescribedGroup['members'][number] {
  return {
    memberId: member.id,
    groupInstanceId: member.instanceId,
    clientId: member.clientId,
    clientHost: member.clientHost,
    memberMetadata: metadataOf(member, protocol),
    memberAssignment: protocol === null ? NO_BYTES : member.assignment,
  };
}
