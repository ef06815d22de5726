import { createRequire } from 'node:module';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crc32c } from '../../../src/broker/protocol/crc32c.ts';

const byKafkajs = createRequire(import.meta.url)('kafkajs/src/protocol/recordBatch/crc32C') as (
  bytes: Buffer,
) => number;

test('the checksum of the digits one to nine is the published one', () => {
  expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
});

test('any range of any bytes has the checksum that kafkajs computes', () => {
  const property = fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(20), fc.nat(20), (array, head, tail) => {
    const bytes = Buffer.from(array);
    const end = Math.max(head, bytes.length - tail);
    expect(crc32c(bytes, head, end)).toBe(byKafkajs(bytes.subarray(head, end)) >>> 0);
  });
  fc.assert(property);
});
