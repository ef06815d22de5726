import { ERRORS } from '../protocol/errors.ts';
import type { Coordinator } from './coordinator.ts';
import type { ListGroupsResponse } from './messages.ts';

/** ListGroups: every group there is. */
export function listGroups({ groups }: Coordinator): ListGroupsResponse {
  const listed = [...groups.values()].map(({ id, protocolType }) => ({
    groupId: id,
    protocolType: protocolType ?? '',
  }));
  return { throttleTimeMs: 0, errorCode: ERRORS.NONE, groups: listed };
}
