import { ERRORS } from '../protocol/errors.ts';
import type { Group } from './group.ts';
import { type Member, metadataOf } from './member.ts';
import type { JoinGroupResponse, SyncGroupResponse } from './messages.ts';

const NO_BYTES = Buffer.alloc(0);

/** A JoinGroup answer that lets nobody in. */
export function joinFailed(errorCode: number, memberId: string): JoinGroupResponse {
  return {
    throttleTimeMs: 0,
    errorCode,
    generationId: -1,
    protocolName: '',
    leader: '',
    memberId,
    members: [],
  };
}

/** What a member is told of the current generation; only the group leader hears of the others. */
export function joined(group: Group, member: Member): JoinGroupResponse {
  const leads = group.leader === member.id;
  return {
    throttleTimeMs: 0,
    errorCode: ERRORS.NONE,
    generationId: group.generation,
    protocolName: group.protocolName,
    leader: group.leader ?? '',
    memberId: member.id,
    members: leads ? roll(group) : [],
  };
}

function roll(group: Group): JoinGroupResponse['members'] {
  return [...group.members.values()].map((member) => ({
    memberId: member.id,
    groupInstanceId: member.instanceId,
    metadata: metadataOf(member, group.protocolName),
  }));
}

/** A SyncGroup answer without an assignment. */
export function syncFailed(errorCode: number): SyncGroupResponse {
  return { throttleTimeMs: 0, errorCode, assignment: NO_BYTES };
}

/** The member's share of the current generation. */
export function synced({ assignment }: Member): SyncGroupResponse {
  return { throttleTimeMs: 0, errorCode: ERRORS.NONE, assignment };
}
