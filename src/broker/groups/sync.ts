import type { RequestContext } from '../api.ts';
import { ERRORS } from '../protocol/errors.ts';
import { synced, syncFailed } from './answers.ts';
import { type Coordinator, enter } from './coordinator.ts';
import { findMemberOf } from './fence.ts';
import type { Group, GroupState } from './group.ts';
import type { Member } from './member.ts';
import type { SyncGroupRequest, SyncGroupResponse } from './messages.ts';
import { park } from './parked.ts';
import { answerParkedSyncs, prepareRebalance } from './rebalance.ts';
import { renewSession, suspendSession } from './session.ts';

type Answer = SyncGroupResponse | Promise<SyncGroupResponse | undefined>;
type Sync = (coordinator: Coordinator, group: Group, member: Member, asked: Asked) => Answer;
type Asked = { request: SyncGroupRequest; context: RequestContext };

/** What a sync means in each state of the group. */
const BY_STATE: Record<GroupState, Sync> = {
  Empty: () => syncFailed(ERRORS.UNKNOWN_MEMBER_ID),
  Dead: () => syncFailed(ERRORS.COORDINATOR_NOT_AVAILABLE),
  PreparingRebalance: () => syncFailed(ERRORS.REBALANCE_IN_PROGRESS),
  CompletingRebalance: waitForLeader,
  Stable: giveShare,
};

/** SyncGroup: the leader brings the assignment, everybody gets a share of it; who asks before the leader waits. */
export function syncGroup(coordinator: Coordinator, request: SyncGroupRequest, context: RequestContext): Answer {
  if (request.groupId === '') return syncFailed(ERRORS.INVALID_GROUP_ID);
  const group = coordinator.groups.get(request.groupId);
  if (!group) return syncFailed(ERRORS.UNKNOWN_MEMBER_ID);
  const member = findMemberOf(group, request.generationId, request);
  if (typeof member === 'number') return syncFailed(member);
  return BY_STATE[group.state](coordinator, group, member, { request, context });
}

function waitForLeader(coordinator: Coordinator, group: Group, member: Member, { request, context }: Asked): Answer {
  const { parked, answered } = park<SyncGroupResponse>(context.connection, () => {
    if (member.sync !== parked) return;
    member.sync = undefined;
    renewSession(coordinator, group, member);
  });
  const { sync: earlier } = member;
  member.sync = parked;
  earlier?.answer(syncFailed(ERRORS.REBALANCE_IN_PROGRESS));
  suspendSession(member);
  markSynced(group, member);
  if (group.leader === member.id) assign(coordinator, group, request);
  return answered;
}

/** Takes the leader's assignment, stores the generation, and answers everybody who waits. Who is missing from it gets no bytes. */
function assign(coordinator: Coordinator, group: Group, { assignments }: SyncGroupRequest): void {
  const shares = new Map(assignments.map(({ memberId, assignment }) => [memberId, assignment]));
  for (const member of group.members.values()) {
    member.assignment = Buffer.from(shares.get(member.id) ?? []);
  }
  if (!coordinator.store.saveGroup(group)) {
    answerParkedSyncs(coordinator, group, ERRORS.NOT_COORDINATOR);
    prepareRebalance(coordinator, group, 'its assignment could not be stored');
    return;
  }
  coordinator.reached('groups.assignment-stored');
  enter(coordinator, group, 'Stable');
  coordinator.log('info', `group ${group.id}: stable, generation ${group.generation}, ${group.members.size} members`);
  for (const member of group.members.values()) {
    if (!member.sync) continue;
    const { sync } = member;
    member.sync = undefined;
    sync.answer(synced(member));
    renewSession(coordinator, group, member);
  }
}

function giveShare(coordinator: Coordinator, group: Group, member: Member): Answer {
  markSynced(group, member);
  renewSession(coordinator, group, member);
  return synced(member);
}

function markSynced(group: Group, member: Member): void {
  group.unsynced.delete(member.id);
  if (group.unsynced.size > 0) return;
  group.cancelSyncPhase?.();
  group.cancelSyncPhase = undefined;
}
