import { api, int16, int32, list, NEVER, string } from '../schema.ts';

/** Deletes topics by name. */
export const deleteTopics = api({
  key: 20,
  name: 'DeleteTopics',
  versions: [1, 3],
  flexibleFrom: NEVER,
  request: { topicNames: list(string()), timeoutMs: int32() },
  response: {
    throttleTimeMs: int32({ since: 1, default: 0 }),
    responses: list({ name: string(), errorCode: int16() }),
  },
});
