import { api, int8, int16, int32, NEVER, string } from '../schema.ts';

/** Where the coordinator of a group (key type 0) or a transactional id (1) is. */
export const findCoordinator = api({
  key: 10,
  name: 'FindCoordinator',
  versions: [0, 2],
  flexibleFrom: NEVER,
  request: { key: string(), keyType: int8({ since: 1, default: 0 }) },
  response: {
    throttleTimeMs: int32({ since: 1, default: 0 }),
    errorCode: int16(),
    errorMessage: string({ since: 1, nullable: 1, default: null }),
    nodeId: int32(),
    host: string(),
    port: int32(),
  },
});
