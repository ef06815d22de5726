import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { APIS } from '../../../src/broker/protocol/apis/table.ts';
import { codecOf } from '../../../src/broker/protocol/codecs.ts';
import { MalformedError } from '../../../src/broker/protocol/malformed.ts';
import { Reader } from '../../../src/broker/protocol/reader.ts';
import type { Api } from '../../../src/broker/protocol/schema.ts';
import { Writer } from '../../../src/broker/protocol/writer.ts';
import { anyStruct } from './arbitrary.ts';
import { versionsOf } from './versions.ts';

const apis = Object.values<Api>(APIS);

describe('every API in every version', () => {
  test.each(apis)('$name gives back what was written', (api) => {
    for (const version of versionsOf(api)) {
      for (const side of ['request', 'response'] as const) {
        const codec = codecOf(api, version)[side];
        const property = fc.property(anyStruct(api[side], version), (value) => {
          const writer = new Writer();
          codec.write(writer, value);
          const bytes = Buffer.concat(writer.chunks());
          expect(bytes.length).toBe(writer.length);
          const reader = new Reader(bytes);
          expect(codec.read(reader)).toEqual(value);
          expect(reader.remaining).toBe(0);
        });
        fc.assert(property, { numRuns: 15 });
      }
    }
  });

  test.each(apis)('$name refuses any bytes that are not a request, and only with MalformedError', (api) => {
    const property = fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.constantFrom(...versionsOf(api)),
      (bytes, version) => {
        try {
          codecOf(api, version).request.read(new Reader(Buffer.from(bytes)));
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedError);
        }
      },
    );
    fc.assert(property, { numRuns: 60 });
  });
});

test('a count that lies does not make the reader allocate', () => {
  const lie = Buffer.from([0x7f, 0xff, 0xff, 0xff]);
  expect(() => codecOf(APIS.metadata, 1).request.read(new Reader(lie))).toThrow(MalformedError);
});

test('an answer may leave out what has a default', () => {
  const writer = new Writer();
  codecOf(APIS.heartbeat, 3).response.write(writer, { errorCode: 27 });
  expect(Buffer.concat(writer.chunks())).toEqual(Buffer.from([0, 0, 0, 0, 0, 27]));
});

test('long byte strings are handed on without a copy', () => {
  const records = Buffer.alloc(10_000, 7);
  const writer = new Writer();
  const partitions = [{ partitionIndex: 0, errorCode: 0, highWatermark: 1, records }];
  codecOf(APIS.fetch, 11).response.write(writer, { responses: [{ topic: 't', partitions }] });
  expect(writer.chunks()).toContain(records);
});
