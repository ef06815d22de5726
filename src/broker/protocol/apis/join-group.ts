import { api, bytes, int16, int32, list, NEVER, string } from '../schema.ts';

/** Makes a member of a group and waits for the others (KIP-394 from version 4, KIP-345 from 5). */
export const joinGroup = api({
  key: 11,
  name: 'JoinGroup',
  versions: [0, 5],
  flexibleFrom: NEVER,
  request: {
    groupId: string(),
    sessionTimeoutMs: int32(),
    rebalanceTimeoutMs: int32({ since: 1, default: -1 }),
    memberId: string(),
    groupInstanceId: string({ since: 5, nullable: 5, default: null }),
    protocolType: string(),
    protocols: list({ name: string(), metadata: bytes() }),
  },
  response: {
    throttleTimeMs: int32({ since: 2, default: 0 }),
    errorCode: int16(),
    generationId: int32({ default: -1 }),
    protocolName: string({ default: '' }),
    leader: string({ default: '' }),
    memberId: string(),
    members: list(
      { memberId: string(), groupInstanceId: string({ since: 5, nullable: 5, default: null }), metadata: bytes() },
      { default: [] },
    ),
  },
});
