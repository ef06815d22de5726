import { api, int16, int32, list, NEVER, string } from '../schema.ts';

/** Takes members out of a group at once: one before version 3, a list from then on (KIP-345). */
export const leaveGroup = api({
  key: 13,
  name: 'LeaveGroup',
  versions: [0, 3],
  flexibleFrom: NEVER,
  request: {
    groupId: string(),
    memberId: string({ until: 2 }),
    members: list({ memberId: string(), groupInstanceId: string({ nullable: 0, default: null }) }, { since: 3 }),
  },
  response: {
    throttleTimeMs: int32({ since: 1, default: 0 }),
    errorCode: int16(),
    members: list(
      { memberId: string(), groupInstanceId: string({ nullable: 0, default: null }), errorCode: int16() },
      { since: 3, default: [] },
    ),
  },
});
