import { api, bytes, int16, int32, list, NEVER, string } from '../schema.ts';

/** Hands the group leader's assignment out to every member. */
export const syncGroup = api({
  key: 14,
  name: 'SyncGroup',
  versions: [0, 3],
  flexibleFrom: NEVER,
  request: {
    groupId: string(),
    generationId: int32(),
    memberId: string(),
    groupInstanceId: string({ since: 3, nullable: 3, default: null }),
    assignments: list({ memberId: string(), assignment: bytes() }),
  },
  response: {
    throttleTimeMs: int32({ since: 1, default: 0 }),
    errorCode: int16(),
    assignment: bytes({ default: Buffer.alloc(0) }),
  },
});
