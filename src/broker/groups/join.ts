import type { RequestContext } from '../api.ts';
import { ERRORS } from '../protocol/errors.ts';
import { joined, joinFailed } from './answers.ts';
import { type Coordinator, groupOf } from './coordinator.ts';
import { dropPending } from './drop-member.ts';
import { findMember } from './fence.ts';
import { addMember, type Group } from './group.ts';
import { createMember, type Member, offersSame, renewMember } from './member.ts';
import type { JoinGroupRequest, JoinGroupResponse } from './messages.ts';
import { parkJoin } from './park-join.ts';
import { fits } from './protocol-choice.ts';
import { rejoinStatic } from './rejoin-static.ts';
import { renewSession } from './session.ts';

type Answer = JoinGroupResponse | Promise<JoinGroupResponse | undefined>;

/**
 * JoinGroup: lets a consumer into its group and parks the answer until the generation is agreed on.
 * Source: KIP-394 (ids first), KIP-345 (static members).
 */
export function joinGroup(coordinator: Coordinator, request: JoinGroupRequest, context: RequestContext): Answer {
  const refusal = refuse(coordinator, request);
  if (refusal !== ERRORS.NONE) return joinFailed(refusal, request.memberId);
  const group = groupOf(coordinator, request.groupId);
  return request.memberId === ''
    ? joinNew(coordinator, group, request, context)
    : joinAgain(coordinator, group, request, context);
}

/** What can be said without looking at the member. */
function refuse(coordinator: Coordinator, request: JoinGroupRequest): number {
  const { minSessionTimeoutMs, maxSessionTimeoutMs, maxMembers } = coordinator.settings;
  if (request.groupId === '') return ERRORS.INVALID_GROUP_ID;
  if (request.sessionTimeoutMs < minSessionTimeoutMs || request.sessionTimeoutMs > maxSessionTimeoutMs) {
    return ERRORS.INVALID_SESSION_TIMEOUT;
  }
  const group = coordinator.groups.get(request.groupId);
  if (!group && request.memberId !== '') return ERRORS.UNKNOWN_MEMBER_ID;
  const replaced = group?.statics.get(request.groupInstanceId ?? '') ?? request.memberId;
  if (group && !fits(group, request.protocolType, request.protocols, replaced))
    return ERRORS.INCONSISTENT_GROUP_PROTOCOL;
  if (!group && (request.protocolType === '' || request.protocols.length === 0)) {
    return ERRORS.INCONSISTENT_GROUP_PROTOCOL;
  }
  const known = group?.members.has(replaced) || group?.pending.has(replaced);
  const taken = (group?.members.size ?? 0) + (group?.pending.size ?? 0);
  return known || taken < maxMembers ? ERRORS.NONE : ERRORS.GROUP_MAX_SIZE_REACHED;
}

function joinNew(coordinator: Coordinator, group: Group, request: JoinGroupRequest, context: RequestContext): Answer {
  const { groupInstanceId } = request;
  const id = `${groupInstanceId ?? context.clientId ?? 'consumer'}-${coordinator.newId()}`;
  const old = groupInstanceId === null ? undefined : group.members.get(group.statics.get(groupInstanceId) ?? '');
  if (old) return rejoinStatic(coordinator, group, old, { id, request, context });
  if (groupInstanceId === null && context.apiVersion >= 4) return promise(coordinator, group, id, request);
  return admit(coordinator, group, id, request, context);
}

/** Gives out a member id and keeps a place for it for one session (KIP-394): a client that never comes back leaves no member behind. */
function promise(coordinator: Coordinator, group: Group, id: string, request: JoinGroupRequest): JoinGroupResponse {
  const forget = () => dropPending(coordinator, group, id);
  group.pending.set(id, coordinator.clock.setTimer(request.sessionTimeoutMs, forget));
  group.newcomer = group.gathering;
  return joinFailed(ERRORS.MEMBER_ID_REQUIRED, id);
}

function joinAgain(coordinator: Coordinator, group: Group, request: JoinGroupRequest, context: RequestContext): Answer {
  const cancelPending = group.pending.get(request.memberId);
  if (cancelPending) {
    cancelPending();
    group.pending.delete(request.memberId);
    return admit(coordinator, group, request.memberId, request, context);
  }
  const member = findMember(group, request);
  if (typeof member === 'number') return joinFailed(member, request.memberId);
  const unchanged = offersSame(member, request.protocols);
  if (unchanged && keepsGeneration(group, member)) {
    renewSession(coordinator, group, member);
    return joined(group, member);
  }
  renewMember(member, request, context);
  return parkJoin(coordinator, group, member, context);
}

/**
 * Whether a member that says nothing new may stay in this generation: its answer got lost, or a follower asks again. A
 * leader that rejoins a stable group wants a rebalance.
 */
function keepsGeneration(group: Group, member: Member): boolean {
  return group.state === 'CompletingRebalance' || (group.state === 'Stable' && group.leader !== member.id);
}

function admit(
  coordinator: Coordinator,
  group: Group,
  id: string,
  request: JoinGroupRequest,
  context: RequestContext,
): Answer {
  if (group.members.size === 0) group.protocolType = request.protocolType;
  const member = createMember(id, request, context);
  addMember(group, member);
  group.newcomer = group.gathering;
  return parkJoin(coordinator, group, member, context);
}
