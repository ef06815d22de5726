import type { Respond } from '../api.ts';
import type { deleteTopics } from '../protocol/apis/delete-topics.ts';
import { ERRORS } from '../protocol/errors.ts';
import type { RequestOf, ResponseOf } from '../protocol/schema.ts';
import { keep } from './fault.ts';
import type { Store } from './store.ts';

/** Deletes topics with their records and what groups committed for them. */
export function answerDeleteTopics(
  store: Store,
): Respond<RequestOf<typeof deleteTopics>, ResponseOf<typeof deleteTopics>> {
  return ({ topicNames }) => ({
    responses: [...new Set(topicNames)].map((name) => {
      if (!store.topics.catalog.get(name)) return { name, errorCode: ERRORS.UNKNOWN_TOPIC_OR_PARTITION };
      const fault = keep(store, () => {
        store.topics.delete(name);
        store.topicDeleted(name);
      });
      return { name, errorCode: fault?.errorCode ?? ERRORS.NONE };
    }),
  });
}
