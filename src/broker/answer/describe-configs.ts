import type { Respond } from '../api.ts';
import type { describeConfigs } from '../protocol/apis/describe-configs.ts';
import { ERRORS, type ErrorCode } from '../protocol/errors.ts';
import type { RequestOf, ResponseOf } from '../protocol/schema.ts';
import { BROKER_RESOURCE, brokerConfigs, type ConfigEntry, SOURCE, TOPIC_RESOURCE, topicConfigs } from './configs.ts';
import type { Store } from './store.ts';

type Ask = RequestOf<typeof describeConfigs>;
type Answer = ResponseOf<typeof describeConfigs>;
type Result = Answer['results'][number];

/** Describes topics and the broker; `configurationKeys` picks some, null all. */
export function answerDescribeConfigs(store: Store): Respond<Ask, Answer> {
  return ({ resources, includeSynonyms }) => ({
    results: resources.map(({ resourceType, resourceName, configurationKeys }): Result => {
      const entries = entriesOf(store, resourceType, resourceName);
      const resource = { resourceType, resourceName };
      if (typeof entries === 'number') {
        return { ...resource, errorCode: entries, errorMessage: `No such resource: ${resourceName}`, configs: [] };
      }
      const picked = entries.filter(({ name }) => configurationKeys?.includes(name) ?? true);
      return { ...resource, errorCode: ERRORS.NONE, configs: picked.map((entry) => describe(entry, includeSynonyms)) };
    }),
  });
}

function entriesOf(store: Store, type: number, name: string): ConfigEntry[] | ErrorCode {
  if (type === BROKER_RESOURCE) {
    return name === '' || name === String(store.address().nodeId) ? brokerConfigs(store) : ERRORS.INVALID_REQUEST;
  }
  if (type !== TOPIC_RESOURCE) return ERRORS.INVALID_REQUEST;
  const topic = store.topics.catalog.get(name);
  return topic ? topicConfigs(topic.configs) : ERRORS.UNKNOWN_TOPIC_OR_PARTITION;
}

function describe({ name, value, source, readOnly }: ConfigEntry, withSynonyms: boolean): Result['configs'][number] {
  return {
    name,
    value,
    readOnly,
    isDefault: source === SOURCE.DEFAULT,
    configSource: source,
    isSensitive: false,
    synonyms: withSynonyms ? [{ name, value, source }] : [],
  };
}
