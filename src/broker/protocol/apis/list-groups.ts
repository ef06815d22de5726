import { api, int16, int32, list, NEVER, string } from '../schema.ts';

/** Names of all groups. */
export const listGroups = api({
  key: 16,
  name: 'ListGroups',
  versions: [0, 2],
  flexibleFrom: NEVER,
  request: {},
  response: {
    throttleTimeMs: int32({ since: 1, default: 0 }),
    errorCode: int16(),
    groups: list({ groupId: string(), protocolType: string() }),
  },
});
