import { api, bool, int8, int16, int32, list, NEVER, string } from '../schema.ts';

/** Replaces all configs of a resource: what is not named goes back to its default. */
export const alterConfigs = api({
  key: 33,
  name: 'AlterConfigs',
  versions: [0, 1],
  flexibleFrom: NEVER,
  request: {
    resources: list({
      resourceType: int8(),
      resourceName: string(),
      configs: list({ name: string(), value: string({ nullable: 0 }) }),
    }),
    validateOnly: bool(),
  },
  response: {
    throttleTimeMs: int32({ default: 0 }),
    responses: list({
      errorCode: int16(),
      errorMessage: string({ nullable: 0, default: null }),
      resourceType: int8(),
      resourceName: string(),
    }),
  },
});
