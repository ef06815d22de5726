import { connect } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { APIS } from '../../../src/broker/protocol/apis/table.ts';
import type { Api } from '../../../src/broker/protocol/schema.ts';
import { batchOf } from '../batch-of.ts';
import { createFakeClock } from '../fake-clock.ts';
import { frameOf, rawClient } from '../raw-client.ts';
import { fetchOf, produceTo, startBroker, withTopic } from '../start-broker.ts';

const byName = Object.values<Api>(APIS);

describe('ApiVersions', () => {
  test.each([0, 1, 2])('version %i lists what is served', async (version) => {
    const { port } = await startBroker();
    const client = await rawClient(port);
    const { errorCode, apiKeys } = await client.ask(APIS.apiVersions, version, {});
    expect(errorCode).toBe(0);
    expect(apiKeys).toContainEqual({ apiKey: 0, minVersion: 0, maxVersion: 8 });
    expect(apiKeys.map(({ apiKey }) => apiKey).sort()).toEqual(byName.map(({ key }) => key).sort());
  });

  test('flexible versions want a name for the client software', async () => {
    const { port } = await startBroker();
    const client = await rawClient(port);
    const named = { clientSoftwareName: 'test', clientSoftwareVersion: '1.0' };
    expect(await client.ask(APIS.apiVersions, 4, named)).toMatchObject({ errorCode: 0 });
    expect(await client.ask(APIS.apiVersions, 3, { ...named, clientSoftwareName: '' })).toMatchObject({
      errorCode: 42,
    });
  });

  test('an unknown version is answered in version 0 with error 35 and the list', async () => {
    const { port } = await startBroker();
    const client = await rawClient(port);
    const frame = frameOf(APIS.apiVersions, 0, {});
    frame.writeInt16BE(99, 6);
    client.write(frame);
    const answer = await client.next();
    expect(answer.readInt16BE(4)).toBe(35);
    expect(answer.readInt32BE(6)).toBe(byName.length);
  });
});

describe('a connection', () => {
  test('is answered in the order of its requests, a waiting fetch holding the later answers back', async () => {
    const clock = createFakeClock();
    const { client, port } = await withTopic(1, { clock });
    const timers = clock.timers;
    const other = await rawClient(port);
    const fetch = frameOf(APIS.fetch, 11, fetchOf([0], { maxWaitMs: 30_000 }), 101);
    client.write(Buffer.concat([fetch, frameOf(APIS.metadata, 1, { topics: null }, 102)]));
    await expect.poll(() => clock.timers).toBe(timers + 1);
    await produceTo(other, batchOf());
    expect((await client.next()).readInt32BE(0)).toBe(101);
    expect((await client.next()).readInt32BE(0)).toBe(102);
  });

  test('many requests in one write are all answered', async () => {
    const { client } = await withTopic();
    const frames = Array.from({ length: 200 }, (_, i) => frameOf(APIS.metadata, 1, { topics: null }, i));
    client.write(Buffer.concat(frames));
    for (let i = 0; i < frames.length; i++) expect((await client.next()).readInt32BE(0)).toBe(i);
  });

  test.each<[string, Buffer]>([
    ['an API key nobody serves', Buffer.from('0000000a4e20000000000001ffff', 'hex')],
    ['a version nobody serves', Buffer.from('0000000a0003006300000001ffff', 'hex')],
    ['a frame that announces 100 MiB', Buffer.from('06400000', 'hex')],
    ['a negative length', Buffer.from('ffffffff', 'hex')],
    ['a request that ends too early', Buffer.from('0000000a0003000100000001ffff', 'hex')],
  ])('is closed on %s, and the others go on', async (_, bytes) => {
    const { client, port } = await withTopic();
    const bad = await rawClient(port);
    bad.write(bytes);
    await bad.hungUp;
    expect((await client.ask(APIS.metadata, 1, { topics: null })).topics).toHaveLength(1);
  });

  test('any rubbish leaves the broker standing', async () => {
    const { client, port, said } = await withTopic();
    const header = fc.tuple(fc.constantFrom(...byName.map(({ key }) => key)), fc.nat(5));
    const property = fc.asyncProperty(header, fc.uint8Array({ maxLength: 120 }), async ([key, version], body) => {
      const bytes = Buffer.alloc(14 + body.length);
      bytes.writeInt32BE(10 + body.length, 0);
      bytes.writeInt16BE(key, 4);
      bytes.writeInt16BE(version, 6);
      bytes.writeInt16BE(-1, 12);
      bytes.set(body, 14);
      await new Promise<void>((resolve) => {
        const socket = connect(port, '127.0.0.1', () => socket.end(bytes));
        socket.on('error', () => {});
        socket.on('close', () => resolve());
        socket.resume();
      });
      expect((await client.ask(APIS.apiVersions, 0, {})).errorCode).toBe(0);
    });
    await fc.assert(property, { numRuns: 150 });
    expect(said.filter((line) => line.startsWith('error'))).toEqual([]);
  });
});

test('a client that announces long requests and sends nothing keeps nobody else out', async () => {
  const { client, port } = await withTopic();
  const announced = Buffer.alloc(104);
  announced.writeInt32BE(15 * 1024 * 1024, 0);
  for (let i = 0; i < 30; i++) (await rawClient(port)).write(announced);
  expect((await produceTo(client, batchOf())).errorCode).toBe(0);
});

test('an answer to a client that has gone is dropped', async () => {
  const { client, port } = await withTopic();
  const gone = await rawClient(port);
  gone.send(APIS.fetch, 11, fetchOf([0], { maxWaitMs: 30_000 }));
  gone.socket.destroy();
  await gone.hungUp;
  expect((await produceTo(client, batchOf())).errorCode).toBe(0);
});
