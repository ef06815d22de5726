import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LunchrushError } from '../errors.ts';
import type { Standing } from '../workers/process/standing.ts';

/** Where health is asked for: one path for whoever would restart the worker, one for whoever would wait for it. */
const PATHS: Record<string, (standing: Standing) => boolean> = {
  '/health': ({ alive }) => alive,
  '/ready': ({ ready }) => ready,
};

/** A port that answers how a worker stands. */
export type HealthPort = { address: string; close(): Promise<void> };

/**
 * Opens the port: `GET /health` is 200 while the worker lives, `GET /ready` while it does its work, else both are 503
 * with the reason. Throws PORT_TAKEN, or DATA_NOT_WRITABLE's like for a port or host that this machine refuses.
 */
export async function openHealthPort(
  { host, port }: { host: string; port: number },
  read: () => Standing,
): Promise<HealthPort> {
  const server = createServer((request, response) => answer(request, response, read()));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(toPortError(error, host, port)));
    server.listen(port, host, resolve);
  });
  const { port: actual } = server.address() as AddressInfo;
  return {
    address: `${host.includes(':') ? `[${host}]` : host}:${actual}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer({ method, url = '' }: IncomingMessage, response: ServerResponse, standing: Standing): void {
  const holds = PATHS[url.replace(/\?.*$/, '')];
  if (!holds) send(response, 404, { status: 'unknown', reason: 'there are /health and /ready' });
  else if (method !== 'GET' && method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD');
    send(response, 405, { status: 'unknown', reason: 'only GET and HEAD are answered' });
  } else if (holds(standing)) send(response, 200, { status: 'ok' });
  else send(response, 503, { status: 'unavailable', reason: standing.reason });
}

function send(response: ServerResponse, status: number, body: object): void {
  const text = `${JSON.stringify(body)}\n`;
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  });
  response.end(text);
}

function toPortError(error: NodeJS.ErrnoException, host: string, port: number): LunchrushError {
  const [sentence, fix] =
    error.code === 'EADDRINUSE'
      ? [`port ${port} at ${host} is taken`, 'stop what listens there, or choose another with --health-port']
      : [`cannot listen at ${host}:${port}: ${error.message}`, 'choose others with --health-host and --health-port'];
  return new LunchrushError('PORT_TAKEN', sentence, { fix, cause: error });
}
