import { ERRORS } from '../protocol/errors.ts';
import type { Coordinator } from './coordinator.ts';
import { findMemberOf } from './fence.ts';
import type { HeartbeatRequest, HeartbeatResponse } from './messages.ts';
import { renewSession } from './session.ts';

/** Heartbeat: renews the member's session, and tells it (27) when the group wants everybody to join again. */
export function heartbeat(coordinator: Coordinator, request: HeartbeatRequest): HeartbeatResponse {
  return { throttleTimeMs: 0, errorCode: beat(coordinator, request) };
}

function beat(coordinator: Coordinator, request: HeartbeatRequest): number {
  if (request.groupId === '') return ERRORS.INVALID_GROUP_ID;
  const group = coordinator.groups.get(request.groupId);
  if (!group) return ERRORS.UNKNOWN_MEMBER_ID;
  const member = findMemberOf(group, request.generationId, request);
  if (typeof member === 'number') return member;
  if (!member.join && !member.sync) renewSession(coordinator, group, member);
  return group.state === 'PreparingRebalance' ? ERRORS.REBALANCE_IN_PROGRESS : ERRORS.NONE;
}
