import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { murmur2, partitionFor } from '../../src/kafka/partitioner.ts';
import { stock } from './stock.ts';

const stockMurmur2 = stock<(key: Buffer | string) => number>('kafkajs/src/producer/partitioners/default/murmur2');
type Partitioner = (given: { topic: string; partitionMetadata: object[]; message: { key: string | Buffer } }) => number;
const stockPartitioner = stock<() => Partitioner>('kafkajs/src/producer/partitioners/default')();

describe('partitioner', () => {
  test('any bytes hash as kafkajs and Java hash them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        expect(murmur2(bytes)).toBe(stockMurmur2(Buffer.from(bytes)));
      }),
      { numRuns: 500 },
    );
  });

  test("any key goes to the partition of kafkajs's default partitioner", () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 50 }), (key, count) => {
        const partitionMetadata = Array.from({ length: count }, (_, partitionId) => ({ partitionId, leader: 1 }));
        expect(partitionFor(key, count)).toBe(stockPartitioner({ topic: 't', partitionMetadata, message: { key } }));
        expect(partitionFor(Buffer.from(key), count)).toBe(partitionFor(key, count));
      }),
    );
  });

  test("the vectors of Kafka's own test come out", () => {
    const vectors = { '21': -973932308, foobar: -790332482, 'a-little-bit-long-string': -985981536 };
    for (const [text, hash] of Object.entries(vectors)) expect(murmur2(Buffer.from(text))).toBe(hash);
  });
});
