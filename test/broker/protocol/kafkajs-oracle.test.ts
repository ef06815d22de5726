import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codecOf } from '../../../src/broker/protocol/codecs.ts';
import { Reader } from '../../../src/broker/protocol/reader.ts';
import type { Api } from '../../../src/broker/protocol/schema.ts';
import { Writer } from '../../../src/broker/protocol/writer.ts';
import { anyStruct, leafOf, leavesOf } from './arbitrary.ts';
import { decodeByKafkajs, encodeByKafkajs, knows } from './kafkajs-oracle.ts';
import { REQUESTS } from './kafkajs-requests.ts';
import { versionsOf } from './versions.ts';

describe('a request of kafkajs', () => {
  test.each(REQUESTS)(
    '$folder is read whole, and written again it is the same bytes',
    async ({ api, folder, fields, part }) => {
      for (const version of versionsOf(api).filter((v) => knows(folder, v))) {
        const bytes = await encodeByKafkajs(folder, version, fields);
        const reader = new Reader(bytes);
        const request = codecOf(api, version).request.read(reader);
        expect(reader.remaining).toBe(0);
        expect(request).toMatchObject(part);
        expect(encode(api, version, 'request', request)).toEqual(bytes);
      }
    },
  );
});

describe('an answer of ours', () => {
  test.each(REQUESTS)('$folder is read by kafkajs with every value in it', async ({ api, folder }) => {
    for (const version of versionsOf(api).filter((v) => knows(folder, v) && !isFilledIn(folder, v))) {
      const property = fc.asyncProperty(anyStruct(api.response, version), async (any) => {
        const value = withoutRecords(any) as Record<string, unknown>;
        const read = await decodeByKafkajs(folder, version, encode(api, version, 'response', value));
        const expected = leavesOf(api.response, version, value);
        expect(foreignLeaves(read)).toEqual(expected);
      });
      await fc.assert(property, { numRuns: 10 });
    }
  });
});

function encode(api: Api, version: number, side: 'request' | 'response', value: Record<string, unknown>): Buffer {
  const writer = new Writer();
  codecOf(api, version)[side].write(writer, value);
  return Buffer.concat(writer.chunks());
}

/** Configs before version 1 have fewer fields than kafkajs makes up. */
function isFilledIn(folder: string, version: number): boolean {
  return folder === 'describeConfigs' && version === 0;
}

/** Random bytes are no batches, error codes of a broker are not negative, and 35 makes kafkajs throw. */
function withoutRecords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutRecords);
  if (value === null || typeof value !== 'object' || Buffer.isBuffer(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (key === 'records') return [key, Buffer.alloc(0)];
      return key === 'errorCode' ? [key, 0] : [key, withoutRecords(inner)];
    }),
  );
}

/** Every value that kafkajs read, without those it makes up. */
function foreignLeaves(value: unknown, out: string[] = []): string[] {
  if (Array.isArray(value)) for (const element of value) foreignLeaves(element, out);
  else if (value !== null && typeof value === 'object' && !Buffer.isBuffer(value)) {
    for (const [key, inner] of Object.entries(value)) {
      const isMadeUp = key === 'isDefault' || (key === 'throttleTime' && 'clientSideThrottleTime' in value);
      if (isMadeUp) continue;
      foreignLeaves(inner, out);
    }
  } else if (value !== undefined) out.push(leafOf(value));
  return out.sort();
}
