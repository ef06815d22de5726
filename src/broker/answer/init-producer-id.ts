import type { Respond } from '../api.ts';
import type { initProducerId } from '../protocol/apis/init-producer-id.ts';
import { ERRORS } from '../protocol/errors.ts';
import type { RequestOf, ResponseOf } from '../protocol/schema.ts';
import { keep } from './fault.ts';
import type { Store } from './store.ts';

/** Gives out producer ids. There are no transactions here: a transactional id is refused for good. */
export function answerInitProducerId(
  store: Store,
): Respond<RequestOf<typeof initProducerId>, ResponseOf<typeof initProducerId>> {
  return ({ transactionalId }) => {
    if (transactionalId !== null) return { errorCode: ERRORS.INVALID_REQUEST };
    let producerId = -1;
    const fault = keep(store, () => {
      producerId = store.topics.catalog.takeProducerId();
    });
    return fault ? { errorCode: fault.errorCode } : { errorCode: ERRORS.NONE, producerId, producerEpoch: 0 };
  };
}
