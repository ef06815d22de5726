import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const folder = join(dirname(require.resolve('kafkajs')), 'src/protocol/requests');

type RequestModule = (fields: unknown) => { encode(): Promise<{ buffer: Buffer }> };
type ResponseModule = { decode(bytes: Buffer): Promise<unknown> };

/** Whether kafkajs knows an API in a version. */
export function knows(api: string, version: number): boolean {
  return existsSync(join(folder, api, `v${version}`));
}

/** The bytes that kafkajs sends for these fields, without the header. */
export async function encodeByKafkajs(api: string, version: number, fields: unknown): Promise<Buffer> {
  const request = require(join(folder, api, `v${version}`, 'request.js')) as RequestModule;
  return (await request(fields).encode()).buffer;
}

/** What kafkajs reads from the bytes of an answer. */
export async function decodeByKafkajs(api: string, version: number, bytes: Buffer): Promise<unknown> {
  type Module = ResponseModule | ((request: object) => ResponseModule);
  const response = require(join(folder, api, `v${version}`, 'response.js')) as Module;
  return (typeof response === 'function' ? response({}) : response).decode(bytes);
}
