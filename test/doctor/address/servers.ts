import { connect, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { onTestFinished } from 'vitest';
import type { Entry } from '../../../src/doctor/address/entry.ts';
import type { Tls } from '../../../src/kafka/security.ts';
import { tlsOptions } from '../../../src/kafka/wire/tls.ts';
import type { Certificate } from '../../rig/kafka-certificates.ts';

async function listening(server: Server, sockets: Set<Socket>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

/** A server on loopback that does this with whoever comes; gives its port. It ends with the test. */
export function serve(serveOne: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    serveOne(socket);
  });
  return listening(server, sockets);
}

/** Takes connections and says nothing. */
export const silent = () => serve(() => {});

/** Hangs up as soon as anything comes. */
export const hangingUp = () => serve((socket) => void socket.once('data', () => socket.destroy()));

/** Speaks HTTP, whatever it hears. */
export const http = () =>
  serve((socket) => void socket.once('data', () => socket.end('HTTP/1.1 404 Not Found\r\nServer: lunch\r\n\r\n')));

/** Shakes hands in TLS with this certificate, and then lets `port` answer, if there is one. */
export function tlsInFront({ cert, key }: Certificate, port?: number, demands?: { ca: string }): Promise<number> {
  const sockets = new Set<Socket>();
  const how = demands ? { ca: demands.ca, requestCert: true, rejectUnauthorized: true } : {};
  const server = createTlsServer({ cert, key, ...how }, (socket) => {
    sockets.add(socket.on('error', () => {}));
    if (port === undefined) return;
    const behind = connectTo(port, sockets);
    socket.pipe(behind).pipe(socket);
  });
  server.on('tlsClientError', () => {});
  server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => {})));
  return listening(server, sockets);
}

function connectTo(port: number, sockets: Set<Socket>): Socket {
  const socket = connect({ host: '127.0.0.1', port });
  sockets.add(socket.on('error', () => {}));
  return socket;
}

/** The entry of an address of this machine. */
export function entryOf(port: number, { host = '127.0.0.1', ssl }: { host?: string; ssl?: Tls } = {}): Entry {
  return {
    address: { host, port },
    connection: { brokers: [`${host}:${port}`], clientId: 'test', ...(ssl ? { ssl } : {}) },
    others: [],
    patienceMs: 1_000,
    found: ['127.0.0.1'],
    ...(ssl ? { tls: tlsOptions(ssl) } : {}),
  };
}

/** Nobody ends it. */
export const unhurried = new AbortController().signal;
