import { onConnection } from './call.ts';
import type { Broker } from './kafkajs.ts';

/** A request whose body is bytes already, for APIs and versions that kafkajs cannot write. */
export type RawRequest = {
  key: number;
  name: string;
  version: number;
  /** Whether this version's headers end with tagged fields (KIP-482). */
  flexible: boolean;
  body: Buffer;
};

/** Asks a broker over its authenticated connection; gives the body of the answer. */
export async function callRaw(broker: Broker, { key, name, version, flexible, body }: RawRequest): Promise<Buffer> {
  // kafkajs writes the header without tagged fields; none of them is one byte, which may as well begin the body.
  const bytes = flexible ? Buffer.concat([Buffer.of(0), body]) : body;
  const answer = await onConnection(broker, 0, {
    request: { apiKey: key, apiVersion: version, apiName: name, encode: async () => ({ buf: bytes, buffer: bytes }) },
    response: { decode: async (payload) => payload, parse: async (payload) => payload },
  });
  if (!Buffer.isBuffer(answer)) throw new Error(`no answer to ${name}`);
  return flexible ? answer.subarray(1) : answer;
}
