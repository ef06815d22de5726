import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { LunchrushError } from '../errors.ts';

/** Where a door is to listen, and the option that says so. */
export type Place = { host: string; port: number; option: string };

/** Why a place cannot be had, and what can be done, by Node's codes. */
const WHY: Record<string, (place: Place) => { sentence: string; fix: string }> = {
  EADDRINUSE: ({ host, port, option }) => ({
    sentence: `port ${port} of ${host} is taken`,
    fix: `stop what listens there, or choose another port with ${option}`,
  }),
  EACCES: ({ host, port, option }) => ({
    sentence: `we are not allowed to listen on port ${port} of ${host}`,
    fix: `choose a port above 1023 with ${option}`,
  }),
  EADDRNOTAVAIL: ({ host }) => ({
    sentence: `${host} is no address of this machine`,
    fix: 'give one with --http-host',
  }),
  ENOTFOUND: ({ host }) => ({ sentence: `the name ${host} is not known`, fix: 'give an address with --http-host' }),
};

/** Listens, and gives the address as a URL. Rejects with PORT_TAKEN that names place and option. */
export async function listen(app: FastifyInstance, place: Place): Promise<string> {
  const { host, port } = place;
  try {
    // Fastify would make that two servers: who asks for localhost finds this address as well.
    await app.listen({ host: host === 'localhost' ? '127.0.0.1' : host, port });
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
    const why = WHY[code]?.(place);
    if (!why) throw thrown;
    throw new LunchrushError('PORT_TAKEN', why.sentence, { fix: why.fix, cause: thrown });
  }
  const { port: actual } = app.server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${actual}`;
}
