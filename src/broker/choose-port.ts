import { connect, createServer } from 'node:net';
import { LaunchError } from './launch-error.ts';

/** How many ports are tried from the fallback on. */
const FALLBACK_PORTS = 200;

/** Which port a broker may take: this one (0 for any), and if it may differ, the first free one from `fallbackFrom` on. */
export type PortWish = { port: number; fallbackFrom?: number };

/** The port that was found free, and a sentence if it is not the one wished for. */
export type ChosenPort = { port: number; portNote?: string };

/** Finds a port by the rule; throws a LaunchError if the only one allowed is taken. */
export async function choosePort({ port, fallbackFrom }: PortWish, host: string): Promise<ChosenPort> {
  if (port === 0 || (await isFree(port, host))) return { port };
  if (fallbackFrom === undefined) {
    throw new LaunchError('port-taken', `port ${port} on ${host} is taken by another program`);
  }
  const last = fallbackFrom + FALLBACK_PORTS - 1;
  for (let other = fallbackFrom; other <= last; other++) {
    if (await isFree(other, host)) {
      return { port: other, portNote: `Port ${port} is taken by another program; the broker listens on ${other}.` };
    }
  }
  throw new LaunchError('port-taken', `port ${port} and ports ${fallbackFrom} to ${last} on ${host} are all taken`);
}

/**
 * Whether nobody serves this port. Some systems let two programs listen on one port, one of them on all addresses, so
 * listening alone proves nothing: nobody may answer a call either.
 */
async function isFree(port: number, host: string): Promise<boolean> {
  return !(await answers(port, host)) && (await canListen(port, host));
}

function answers(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    const say = (answered: boolean) => {
      socket.destroy();
      resolve(answered);
    };
    socket.once('connect', () => say(true));
    socket.once('error', () => say(false));
  });
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}
