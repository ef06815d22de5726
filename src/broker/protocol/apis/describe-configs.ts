import { api, bool, int8, int16, int32, list, NEVER, string } from '../schema.ts';

/** Reads the configs of topics (resource type 2) and brokers (4). */
export const describeConfigs = api({
  key: 32,
  name: 'DescribeConfigs',
  versions: [0, 2],
  flexibleFrom: NEVER,
  request: {
    resources: list({
      resourceType: int8(),
      resourceName: string(),
      configurationKeys: list(string(), { nullable: 0 }),
    }),
    includeSynonyms: bool({ since: 1 }),
  },
  response: {
    throttleTimeMs: int32({ default: 0 }),
    results: list({
      errorCode: int16(),
      errorMessage: string({ nullable: 0, default: null }),
      resourceType: int8(),
      resourceName: string(),
      configs: list({
        name: string(),
        value: string({ nullable: 0 }),
        readOnly: bool(),
        isDefault: bool({ until: 0, default: false }),
        configSource: int8({ since: 1 }),
        isSensitive: bool(),
        synonyms: list({ name: string(), value: string({ nullable: 0 }), source: int8() }, { since: 1, default: [] }),
      }),
    }),
  },
});
