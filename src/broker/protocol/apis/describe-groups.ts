import { api, bool, bytes, int16, int32, list, NEVER, string } from '../schema.ts';

/** State, members and assignments of groups. */
export const describeGroups = api({
  key: 15,
  name: 'DescribeGroups',
  versions: [0, 4],
  flexibleFrom: NEVER,
  request: { groups: list(string()), includeAuthorizedOperations: bool({ since: 3 }) },
  response: {
    throttleTimeMs: int32({ since: 1, default: 0 }),
    groups: list({
      errorCode: int16(),
      groupId: string(),
      groupState: string(),
      protocolType: string(),
      protocolData: string(),
      members: list({
        memberId: string(),
        groupInstanceId: string({ since: 4, nullable: 4, default: null }),
        clientId: string(),
        clientHost: string(),
        memberMetadata: bytes(),
        memberAssignment: bytes(),
      }),
      authorizedOperations: int32({ since: 3, default: -2147483648 }),
    }),
  },
});
