import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { codecOf } from '../../src/broker/protocol/codecs.ts';
import { Reader } from '../../src/broker/protocol/reader.ts';
import type { Api, RequestOf, Struct } from '../../src/broker/protocol/schema.ts';
import { Writer } from '../../src/broker/protocol/writer.ts';

/** A decoded answer; a test knows what it asked for. */
type Decoded<A> = A extends Api<Struct, infer Response> ? RequestOf<Api<Response, Response>> : never;

/** A socket that speaks the protocol without a client library's care. */
export type RawClient = {
  /** Sends a request and waits for its answer. */
  ask<A extends Api>(api: A, version: number, request: Partial<RequestOf<A>>): Promise<Decoded<A>>;
  /** Sends a request and waits for nothing. */
  send<A extends Api>(api: A, version: number, request: Partial<RequestOf<A>>): void;
  /** Sends bytes as they are. */
  write(bytes: Buffer): void;
  /** The next answer, without its length. */
  next(): Promise<Buffer>;
  /** Resolves when the other side has hung up. */
  readonly hungUp: Promise<void>;
  readonly socket: Socket;
};

/** A request as it goes over the wire. */
export function frameOf(api: Api, version: number, request: Record<string, unknown>, correlationId = 1): Buffer {
  const writer = new Writer();
  writer.int16(api.key);
  writer.int16(version);
  writer.int32(correlationId);
  writer.int16(-1);
  if (version >= api.flexibleFrom) writer.uvarint(0);
  codecOf(api, version).request.write(writer, request);
  const body = Buffer.concat(writer.chunks());
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length);
  return Buffer.concat([length, body]);
}

/** Connects; the socket is closed when the test is over. */
export async function rawClient(port: number): Promise<RawClient> {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => {
    socket.destroy();
  });
  const hungUp = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  socket.on('error', () => {});
  const next = answersOf(socket);
  const send: RawClient['send'] = (api, version, request) => {
    socket.write(frameOf(api, version, request));
  };
  const ask: RawClient['ask'] = async (api, version, request) => {
    send(api, version, request);
    const reader = new Reader(await next());
    reader.int32();
    if (version >= api.flexibleFrom && api.name !== 'ApiVersions') reader.uvarint();
    return codecOf(api, version).response.read(reader) as Decoded<typeof api>;
  };
  return { ask, send, write: (bytes) => socket.write(bytes), next, hungUp, socket };
}

/** Cuts what comes into answers and hands them out one by one, in order. */
function answersOf(socket: Socket): () => Promise<Buffer> {
  const ready: Buffer[] = [];
  const waiting: { resolve(answer: Buffer): void; reject(error: Error): void }[] = [];
  let rest = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 4 && rest.length >= 4 + rest.readInt32BE(0)) {
      const end = 4 + rest.readInt32BE(0);
      ready.push(rest.subarray(4, end));
      rest = rest.subarray(end);
    }
    while (ready.length > 0 && waiting.length > 0) waiting.shift()?.resolve(ready.shift() as Buffer);
  });
  socket.on('close', () => {
    for (const { reject } of waiting.splice(0)) reject(new Error('the broker hung up'));
  });
  return () => {
    const answer = ready.shift();
    return answer ? Promise.resolve(answer) : new Promise((resolve, reject) => waiting.push({ resolve, reject }));
  };
}
