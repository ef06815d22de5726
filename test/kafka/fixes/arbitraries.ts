import fc from 'fast-check';
import type { ProduceArguments } from '../../../src/kafka/fixes/produce-request.ts';
import type { Message } from '../../../src/kafka/fixes/record-batch.ts';

export { fc };

const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.string({ minLength: 60, maxLength: 200 }));
const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));
const textOrBytes = fc.oneof(text, bytes);

/** Any record that kafkajs takes; times have thirteen digits, as all since 2001 have. */
export const message = fc.record(
  {
    key: fc.option(textOrBytes),
    value: fc.option(textOrBytes),
    timestamp: fc.integer({ min: 1_000_000_000_000, max: 1_999_999_999_999 }),
    headers: fc.dictionary(text, fc.oneof(textOrBytes, fc.array(textOrBytes, { maxLength: 3 })), { maxKeys: 3 }),
  },
  { requiredKeys: ['value'] },
) satisfies fc.Arbitrary<Message>;

const partition = fc.record({
  partition: fc.nat(),
  firstSequence: fc.nat({ max: 2_147_483_647 }),
  messages: fc.array(message, { minLength: 1, maxLength: 20 }),
});

/** Any uncompressed Produce request. */
export const produceArguments: fc.Arbitrary<ProduceArguments> = fc.record(
  {
    acks: fc.constantFrom(-1, 0, 1),
    timeout: fc.nat(),
    transactionalId: fc.option(text),
    producerId: fc.bigInt({ min: -1n, max: 9_223_372_036_854_775_807n }).map(String),
    producerEpoch: fc.integer({ min: -1, max: 32_767 }),
    topicData: fc.array(fc.record({ topic: text, partitions: fc.array(partition, { maxLength: 3 }) }), {
      maxLength: 3,
    }),
  },
  { requiredKeys: ['acks', 'timeout', 'topicData'] },
);
