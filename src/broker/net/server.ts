import { createServer, type Server as NetServer } from 'node:net';
import { ByteBudget } from './byte-budget.ts';
import { Connection, type ConnectionOptions } from './connection.ts';

/** Connections served at once; more are refused by closing them. */
const MAX_CONNECTIONS = 256;
/** Longest request taken: a produce request with its batches. */
const MAX_FRAME = 16 * 1024 * 1024;
/** Bytes of long requests held at once, over all connections. */
const MAX_IN_FLIGHT = 64 * 1024 * 1024;

/** The listening side of the broker. */
export type Server = { listen(host: string, port: number): Promise<number>; close(): Promise<void> };

/** Listens and gives every connection its queue. `listen` rejects with Node's error, EADDRINUSE for a taken port. */
export function createServerOf(options: Omit<ConnectionOptions, 'budget' | 'maxFrame'>): Server {
  const connections = new Set<Connection>();
  const shared = { ...options, budget: new ByteBudget(MAX_IN_FLIGHT), maxFrame: MAX_FRAME };
  const server = createServer({ noDelay: true }, (socket) => {
    const connection = new Connection(socket, shared);
    connections.add(connection);
    connection.onClose(() => connections.delete(connection));
  });
  server.maxConnections = MAX_CONNECTIONS;
  return {
    listen: (host, port) => listen(server, host, port),
    close: () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const connection of connections) connection.destroy();
      return closed;
    },
  };
}

function listen(server: NetServer, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('the server has no TCP address'));
      else resolve(address.port);
    });
  });
}
