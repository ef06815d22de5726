import type { Respond } from '../api.ts';
import type { incrementalAlterConfigs } from '../protocol/apis/incremental-alter-configs.ts';
import { ERRORS } from '../protocol/errors.ts';
import type { RequestOf, ResponseOf } from '../protocol/schema.ts';
import { setConfigs } from './alter-configs.ts';
import { refuse } from './fault.ts';
import type { Store } from './store.ts';

type Ask = RequestOf<typeof incrementalAlterConfigs>;

/** Operations; appending to and subtracting from lists (2, 3) has no config to work on here. */
const SET = 0;
const DELETE = 1;

/** Changes single configs of topics and leaves the others as they are. */
export function answerIncrementalAlterConfigs(store: Store): Respond<Ask, ResponseOf<typeof incrementalAlterConfigs>> {
  return ({ resources, validateOnly }) => ({
    responses: resources.map(({ resourceType, resourceName, configs }) => {
      const fault = setConfigs(store, { resourceType, resourceName, validateOnly }, (present) => {
        for (const { name, configOperation, value } of configs) {
          if (configOperation === SET) present.set(name, value);
          else if (configOperation === DELETE) present.delete(name);
          else return refuse(ERRORS.INVALID_CONFIG, `Config ${name} is no list: it can be set or deleted.`);
        }
        return present;
      });
      return { resourceType, resourceName, ...(fault ?? { errorCode: ERRORS.NONE }) };
    }),
  });
}
