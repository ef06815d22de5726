import type { Socket } from 'node:net';
import type { RawRequest } from '../../kafka/wire/raw.ts';
import { type Address, dial, type TlsWish } from './dial.ts';

/** A connection on which requests are made that need no log-in, one at a time. */
export type Wire = {
  readonly socket: Socket;
  /** The body of the answer. Rejects with what broke the connection, or with the signal's reason. */
  ask(request: RawRequest, signal: AbortSignal): Promise<Buffer>;
  close(): void;
};

/** No answer that is asked for here is longer; whatever announces more speaks another language. */
const LONGEST_ANSWER = 16 * 1024 * 1024;

/** Says that what came is no answer in Kafka's language. */
export class NotKafka extends Error {}

/** Connects, in TLS if there are wishes for it. */
export async function openWire(address: Address, signal: AbortSignal, tls?: TlsWish): Promise<Wire> {
  const socket = await dial(address, signal, tls);
  let correlation = 0;
  return {
    socket,
    async ask(request, stop) {
      const id = ++correlation;
      const answer = nextFrame(socket, stop);
      socket.write(frameOf(request, id));
      const bytes = await answer;
      if (bytes.readInt32BE(0) !== id) throw new NotKafka('an answer to something else came');
      // ApiVersions has the plain header in every version, so that it can be read before versions are agreed on.
      const hasTags = request.flexible && request.name !== 'ApiVersions';
      return bytes.subarray(hasTags ? 5 : 4);
    },
    close: () => void socket.destroy(),
  };
}

const CLIENT = Buffer.from('lunchrush-doctor');

function frameOf({ key, version, flexible, body }: RawRequest, id: number): Buffer {
  const tags = Buffer.alloc(flexible ? 1 : 0);
  const head = Buffer.alloc(14);
  head.writeInt32BE(10 + CLIENT.length + tags.length + body.length, 0);
  head.writeInt16BE(key, 4);
  head.writeInt16BE(version, 6);
  head.writeInt32BE(id, 8);
  head.writeInt16BE(CLIENT.length, 12);
  return Buffer.concat([head, CLIENT, tags, body]);
}

function nextFrame(socket: Socket, signal: AbortSignal): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let bytes: Buffer = Buffer.alloc(0);
    const settle = (how: () => void) => {
      socket.off('data', take).off('error', fail).off('close', closed);
      signal.removeEventListener('abort', stop);
      how();
    };
    const fail = (error: Error) => settle(() => reject(error));
    const closed = () => fail(Object.assign(new Error('the connection was closed'), { code: 'ECONNRESET' }));
    const stop = () => fail(signal.reason);
    const take = (part: Buffer) => {
      bytes = Buffer.concat([bytes, part]);
      if (bytes.length < 4) return;
      const length = bytes.readInt32BE(0);
      if (length < 4 || length > LONGEST_ANSWER) fail(new NotKafka('what came is no answer of a Kafka'));
      else if (bytes.length >= 4 + length) settle(() => resolve(bytes.subarray(4, 4 + length)));
    };
    socket.on('data', take).on('error', fail).on('close', closed);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
