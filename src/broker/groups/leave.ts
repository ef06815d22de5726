import type { RequestContext } from '../api.ts';
import { ERRORS } from '../protocol/errors.ts';
import type { Coordinator } from './coordinator.ts';
import { dropMember, dropPending } from './drop-member.ts';
import { findMember } from './fence.ts';
import type { Group } from './group.ts';
import type { LeaveGroupRequest, LeaveGroupResponse, LeavingMember } from './messages.ts';

/** LeaveGroup: takes members out at once. One by its id up to version 2, several, also by instance id, from 3 on (KIP-345). */
export function leaveGroup(
  coordinator: Coordinator,
  request: LeaveGroupRequest,
  { apiVersion }: Pick<RequestContext, 'apiVersion'>,
): LeaveGroupResponse {
  if (request.groupId === '') return answer(ERRORS.INVALID_GROUP_ID, []);
  const single = apiVersion < 3;
  const leaving = single ? [{ memberId: request.memberId, groupInstanceId: null }] : request.members;
  const group = coordinator.groups.get(request.groupId);
  const members = leaving.map((member) => ({
    memberId: member.memberId,
    groupInstanceId: member.groupInstanceId,
    errorCode: group ? leave(coordinator, group, member) : ERRORS.UNKNOWN_MEMBER_ID,
  }));
  return answer(single ? (members[0]?.errorCode ?? ERRORS.NONE) : ERRORS.NONE, members);
}

function answer(errorCode: number, members: LeaveGroupResponse['members']): LeaveGroupResponse {
  return { throttleTimeMs: 0, errorCode, members };
}

function leave(coordinator: Coordinator, group: Group, leaving: LeavingMember): number {
  if (group.pending.has(leaving.memberId)) {
    dropPending(coordinator, group, leaving.memberId);
    return ERRORS.NONE;
  }
  const { groupInstanceId } = leaving;
  const byInstance = leaving.memberId === '' && groupInstanceId !== null;
  const memberId = byInstance ? (group.statics.get(groupInstanceId) ?? '') : leaving.memberId;
  const member = findMember(group, { memberId, groupInstanceId });
  if (typeof member === 'number') return member;
  dropMember(coordinator, group, member, 'left');
  return ERRORS.NONE;
}
