import type { Respond } from '../api.ts';
import type { alterConfigs } from '../protocol/apis/alter-configs.ts';
import { ERRORS } from '../protocol/errors.ts';
import type { RequestOf, ResponseOf } from '../protocol/schema.ts';
import { configFault } from '../topics/topic-configs.ts';
import { TOPIC_RESOURCE } from './configs.ts';
import { type Fault, keep, refuse } from './fault.ts';
import type { Store } from './store.ts';

type Ask = RequestOf<typeof alterConfigs>;

/** Replaces the configs of topics: what is not named goes back to its default. */
export function answerAlterConfigs(store: Store): Respond<Ask, ResponseOf<typeof alterConfigs>> {
  return ({ resources, validateOnly }) => ({
    responses: resources.map(({ resourceType, resourceName, configs }) => {
      const set = configs.map(({ name, value }) => [name, value] as const);
      const fault = setConfigs(store, { resourceType, resourceName, validateOnly }, () => new Map(set));
      return { resourceType, resourceName, ...(fault ?? { errorCode: ERRORS.NONE }) };
    }),
  });
}

/** What is altered, and whether it is only tried. */
export type Target = { resourceType: number; resourceName: string; validateOnly: boolean };

/** Gives a topic the configs that `change` makes of its present ones, or says why not. */
export function setConfigs(
  store: Store,
  { resourceType, resourceName, validateOnly }: Target,
  change: (present: Map<string, string | null>) => Map<string, string | null> | Fault,
): Fault | undefined {
  if (resourceType !== TOPIC_RESOURCE) {
    return refuse(ERRORS.INVALID_REQUEST, 'Only the configs of topics can be altered here.');
  }
  const topic = store.topics.catalog.get(resourceName);
  if (!topic) return refuse(ERRORS.UNKNOWN_TOPIC_OR_PARTITION, `The topic '${resourceName}' does not exist.`);
  const wanted = change(new Map(Object.entries(topic.configs)));
  if (!(wanted instanceof Map)) return wanted;
  const fault = [...wanted].map(([name, value]) => configFault(name, value)).find((sentence) => sentence);
  if (fault) return refuse(ERRORS.INVALID_CONFIG, fault);
  const configs = Object.fromEntries([...wanted].map(([name, value]) => [name, value ?? '']));
  return validateOnly ? undefined : keep(store, () => store.topics.catalog.put({ ...topic, configs }));
}
