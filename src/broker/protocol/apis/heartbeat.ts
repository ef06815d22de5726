import { api, int16, int32, NEVER, string } from '../schema.ts';

/** Keeps a member alive and tells it of a rebalance. */
export const heartbeat = api({
  key: 12,
  name: 'Heartbeat',
  versions: [0, 3],
  flexibleFrom: NEVER,
  request: {
    groupId: string(),
    generationId: int32(),
    memberId: string(),
    groupInstanceId: string({ since: 3, nullable: 3, default: null }),
  },
  response: { throttleTimeMs: int32({ since: 1, default: 0 }), errorCode: int16() },
});
