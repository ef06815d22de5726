import { api, int16, int32, list, NEVER, string } from '../schema.ts';

/** Forgets empty groups and their offsets (KIP-229). */
export const deleteGroups = api({
  key: 42,
  name: 'DeleteGroups',
  versions: [0, 1],
  flexibleFrom: NEVER,
  request: { groupsNames: list(string()) },
  response: {
    throttleTimeMs: int32({ default: 0 }),
    results: list({ groupId: string(), errorCode: int16() }),
  },
});
