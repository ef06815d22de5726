import { api, bool, int8, int16, int32, list, NEVER, string } from '../schema.ts';

/** Changes single configs: operation 0 sets, 1 deletes, 2 appends, 3 subtracts (KIP-339). */
export const incrementalAlterConfigs = api({
  key: 44,
  name: 'IncrementalAlterConfigs',
  versions: [0, 0],
  flexibleFrom: NEVER,
  request: {
    resources: list({
      resourceType: int8(),
      resourceName: string(),
      configs: list({ name: string(), configOperation: int8(), value: string({ nullable: 0 }) }),
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
