import { ERRORS } from '../protocol/errors.ts';
import { type Coordinator, enter } from './coordinator.ts';
import type { Group } from './group.ts';
import type { DeleteGroupsRequest, DeleteGroupsResponse } from './messages.ts';

/** DeleteGroups: forgets groups that have no members, with all that they have committed. */
export function deleteGroups(coordinator: Coordinator, request: DeleteGroupsRequest): DeleteGroupsResponse {
  const results = request.groupsNames.map((groupId) => ({ groupId, errorCode: deleteGroup(coordinator, groupId) }));
  return { throttleTimeMs: 0, results };
}

function deleteGroup(coordinator: Coordinator, groupId: string): number {
  if (groupId === '') return ERRORS.INVALID_GROUP_ID;
  const group = coordinator.groups.get(groupId);
  if (!group) return ERRORS.GROUP_ID_NOT_FOUND;
  if (group.state !== 'Empty') return ERRORS.NON_EMPTY_GROUP;
  return forgetGroup(coordinator, group) ? ERRORS.NONE : ERRORS.NOT_COORDINATOR;
}

/** Forgets an empty group, on disk first; says whether that went well. */
export function forgetGroup(coordinator: Coordinator, group: Group): boolean {
  if (!coordinator.store.dropGroup(group)) return false;
  for (const cancel of group.pending.values()) cancel();
  group.pending.clear();
  enter(coordinator, group, 'Dead');
  coordinator.groups.delete(group.id);
  return true;
}
