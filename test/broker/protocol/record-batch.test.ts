import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasRightCrc, headerAt, placeBatch, wholeBatches } from '../../../src/broker/protocol/record-batch.ts';
import { holdsRecords, placesOf } from '../../../src/broker/protocol/records.ts';
import { readVarint } from '../../../src/broker/protocol/varint.ts';
import { batchOf, varint } from '../batch-of.ts';

const require = createRequire(import.meta.url);
type Encoded = { buffer: Buffer };
const { RecordBatch } = require('kafkajs/src/protocol/recordBatch/v0') as {
  RecordBatch: (fields: unknown) => Promise<Encoded>;
};
const encodeRecord = require('kafkajs/src/protocol/recordBatch/record/v0') as (fields: unknown) => Encoded;
const Long = require('kafkajs/src/utils/long') as { fromInt(value: number): unknown };

describe('the view of a batch', () => {
  test('reads the header of a batch that kafkajs encoded', async () => {
    const records = [0, 5].map((timestampDelta, offsetDelta) => {
      return encodeRecord({ offsetDelta, timestampDelta, key: 'k', value: 'value', headers: { h: 'x' } });
    });
    const { buffer } = await RecordBatch({
      firstTimestamp: 1_000,
      maxTimestamp: 1_005,
      lastOffsetDelta: 1,
      producerId: Long.fromInt(4000),
      producerEpoch: 2,
      firstSequence: 17,
      records,
    });
    const header = headerAt(buffer, 0);
    expect(header).toMatchObject({ magic: 2, count: 2, lastOffsetDelta: 1, baseTimestamp: 1_000, maxTimestamp: 1_005 });
    expect(header).toMatchObject({ producerId: 4000, producerEpoch: 2, baseSequence: 17, size: buffer.length });
    expect(hasRightCrc(buffer, 0, header.size)).toBe(true);
    expect(holdsRecords(buffer, 61, buffer.length, 2)).toBe(true);
    expect([...placesOf(buffer.subarray(61), 2)]).toEqual([
      { timestampDelta: 0, offsetDelta: 0 },
      { timestampDelta: 5, offsetDelta: 1 },
    ]);
  });

  test('a batch put at an offset beyond 32 bits keeps its checksum', () => {
    const bytes = batchOf({ values: ['a', 'b'] });
    placeBatch(bytes, 0, 2 ** 40 + 3);
    expect(headerAt(bytes, 0).baseOffset).toBe(2 ** 40 + 3);
    expect(hasRightCrc(bytes, 0, bytes.length)).toBe(true);
  });

  test('one flipped bit behind the header shows in the checksum', () => {
    const property = fc.property(fc.nat(), fc.nat(7), (where, bit) => {
      const bytes = batchOf({ values: ['some value', 'another'] });
      const at = 21 + (where % (bytes.length - 21));
      bytes[at] = (bytes[at] as number) ^ (1 << bit);
      expect(hasRightCrc(bytes, 0, bytes.length)).toBe(false);
    });
    fc.assert(property);
  });

  test('whole batches end where the last one does, however the bytes are cut', () => {
    const batches = ['a', 'bb', 'ccc'].map((value) => batchOf({ values: [value] }));
    const all = Buffer.concat(batches);
    for (let cut = 0; cut <= all.length; cut++) {
      let end = 0;
      for (const { length } of batches) if (end + length <= cut) end += length;
      expect(wholeBatches(all.subarray(0, cut)).end).toBe(end);
    }
  });
});

test('a count of records that lies is seen in the bytes', () => {
  const bytes = batchOf({ values: ['a', 'b'] });
  expect(holdsRecords(bytes, 61, bytes.length, 3)).toBe(false);
  expect(holdsRecords(bytes, 61, bytes.length - 1, 2)).toBe(false);
});

test('variable-length integers are read as they were written, within what a number holds', () => {
  const property = fc.property(fc.integer({ min: -(2 ** 50), max: 2 ** 50 }), (value) => {
    const bytes = varint(value);
    expect(readVarint({ bytes, at: 0, end: bytes.length })).toBe(value);
    expect(readVarint({ bytes, at: 0, end: bytes.length - 1 })).toBeNaN();
  });
  fc.assert(property);
});
