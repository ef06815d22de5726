import { api, int16, int32, int64, NEVER, string } from '../schema.ts';

/** Gives an idempotent producer its id (KIP-98). */
export const initProducerId = api({
  key: 22,
  name: 'InitProducerId',
  versions: [0, 1],
  flexibleFrom: NEVER,
  request: { transactionalId: string({ nullable: 0 }), transactionTimeoutMs: int32() },
  response: {
    throttleTimeMs: int32({ default: 0 }),
    errorCode: int16(),
    producerId: int64({ default: -1 }),
    producerEpoch: int16({ default: -1 }),
  },
});
