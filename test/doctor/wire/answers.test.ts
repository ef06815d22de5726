import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { APIS } from '../../../src/broker/protocol/apis/table.ts';
import { codecOf } from '../../../src/broker/protocol/codecs.ts';
import { Reader as BrokerReader } from '../../../src/broker/protocol/reader.ts';
import { Writer as BrokerWriter } from '../../../src/broker/protocol/writer.ts';
import { apiVersionsRequest, readApiVersions } from '../../../src/doctor/wire/api-versions.ts';
import { Malformed, Reader, Writer } from '../../../src/doctor/wire/bytes.ts';
import { groupRightsRequest, readGroupRights } from '../../../src/doctor/wire/group-rights.ts';
import { metadataRequest, readMetadata } from '../../../src/doctor/wire/metadata.ts';
import { readQuorumTime } from '../../../src/doctor/wire/quorum.ts';
import { readMechanisms } from '../../../src/doctor/wire/sasl-handshake.ts';
import { anyStruct } from '../../broker/protocol/arbitrary.ts';

/** What the embedded broker, by its own tables, reads and writes. */
function written(codec: { write(writer: BrokerWriter, value: never): void }, value: unknown): Buffer {
  const writer = new BrokerWriter();
  codec.write(writer, value as never);
  return Buffer.concat(writer.chunks());
}

describe('what doctor reads and writes is what the broker writes and reads', () => {
  test.each([5, 6, 7, 8])('Metadata %d', (version) => {
    const codec = codecOf(APIS.metadata, version);
    const asked = codec.request.read(new BrokerReader(metadataRequest({ version, topics: ['a', 'b'] }).body));
    expect(asked).toMatchObject({ topics: [{ name: 'a' }, { name: 'b' }], allowAutoTopicCreation: false });
    const all = codec.request.read(new BrokerReader(metadataRequest({ version, topics: null }).body));
    expect(all).toMatchObject({ topics: null });
    fc.assert(
      fc.property(anyStruct(APIS.metadata.response, version), (answer) => {
        const read = readMetadata(written(codec.response, answer), version);
        expect(read.clusterId).toBe(answer['clusterId']);
        expect(read.controller).toBe(answer['controllerId']);
        const topics = answer['topics'] as { name: string; partitions: { isrNodes: unknown[] }[] }[];
        expect(read.topics.map(({ topic }) => topic)).toEqual(topics.map(({ name }) => name));
        expect(read.topics.map(({ partitions }) => partitions.map(({ inSync }) => inSync))).toEqual(
          topics.map(({ partitions }) => partitions.map(({ isrNodes }) => isrNodes.length)),
        );
      }),
      { numRuns: 25 },
    );
  });

  test.each([0, 3] as const)('ApiVersions %d', (version) => {
    const codec = codecOf(APIS.apiVersions, version);
    codec.request.read(new BrokerReader(apiVersionsRequest(version).body));
    const apiKeys = [{ apiKey: 1, minVersion: 4, maxVersion: 11 }];
    const answer = written(codec.response, { errorCode: 0, apiKeys, throttleTimeMs: 0 });
    expect(readApiVersions(answer, version)?.apis).toEqual(new Map([[1, { min: 4, max: 11 }]]));
  });

  test('DescribeGroups 3', () => {
    const codec = codecOf(APIS.describeGroups, 3);
    const asked = codec.request.read(new BrokerReader(groupRightsRequest('g').body));
    expect(asked).toEqual({ groups: ['g'], includeAuthorizedOperations: true });
    fc.assert(
      fc.property(anyStruct(APIS.describeGroups.response, 3), (answer) => {
        const groups = answer['groups'] as { groupId: string }[];
        const read = readGroupRights(written(codec.response, answer));
        expect(read.map(({ groupId }) => groupId)).toEqual(groups.map(({ groupId }) => groupId));
      }),
      { numRuns: 25 },
    );
  });
});

test('features of a cluster are read from behind what is served', () => {
  const body = new Writer().varint(2).compactString('metadata.version').int16(25).int16(1).noTags().bytes();
  const answer = new Writer()
    .int16(0)
    .compactList([], () => {})
    .int32(0)
    .varint(1)
    .varint(2)
    .varint(body.length);
  const bytes = Buffer.concat([answer.bytes(), body]);
  expect(readApiVersions(bytes, 3)?.features).toEqual(new Map([['metadata.version', 25]]));
});

test('a broker that wants to be asked in version 0 is told from one that refuses', () => {
  const answer = (code: number) =>
    new Writer()
      .int16(code)
      .list([], () => {})
      .bytes();
  expect(readApiVersions(answer(35), 3)).toBeUndefined();
  expect(() => readApiVersions(answer(42), 3)).toThrow(Malformed);
});

test('the time of the leading controller is its own, not that of another voter', () => {
  const long = (value: number) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64BE(BigInt(value));
    return bytes;
  };
  const replica = (id: number, fetched: number) =>
    Buffer.concat([new Writer().int32(id).bytes(), long(9), long(fetched), long(fetched), Buffer.of(0)]);
  const answer = (leader: number) =>
    Buffer.concat([
      new Writer()
        .int16(0)
        .varint(2)
        .compactString('__cluster_metadata')
        .varint(2)
        .int32(0)
        .int16(0)
        .int32(leader)
        .int32(7)
        .bytes(),
      long(9),
      Buffer.of(3),
      replica(1, 1_000),
      replica(2, 2_000),
      Buffer.of(1, 0, 0, 0),
    ]);
  expect(readQuorumTime(answer(2))).toEqual({ time: 2_000, isAllowed: true });
  expect(readQuorumTime(answer(3)).time).toBeUndefined();
  expect(readQuorumTime(Buffer.of(0, 31, 1, 0))).toEqual({ time: undefined, isAllowed: false });
});

test('readers throw Malformed for any other bytes, and a list that lies costs nothing', () => {
  const readers: ((bytes: Buffer) => unknown)[] = [
    (bytes) => readMetadata(bytes, 8),
    (bytes) => readApiVersions(bytes, 0),
    (bytes) => readApiVersions(bytes, 3),
    readGroupRights,
    readQuorumTime,
    readMechanisms,
  ];
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), fc.constantFrom(...readers), (bytes, read) => {
      try {
        read(Buffer.from(bytes));
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(Malformed);
      }
    }),
  );
  expect(() => new Reader(Buffer.from('7fffffff', 'hex')).list(() => 0)).toThrow(Malformed);
});
