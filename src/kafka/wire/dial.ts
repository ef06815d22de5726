import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { explainErrors } from './explain.ts';
import type { TlsOptions } from './tls.ts';

/** An address, and how it is spoken to; `onConnect` is called once it is, TLS included. */
export type Address = { host: string; port: number; ssl?: TlsOptions | null; onConnect: () => void };

/**
 * Dials. `wire` is the TCP socket under the one that is read and written: only it can be reset, and the same where there
 * is no TLS.
 */
export function dial({ host, port, ssl, onConnect }: Address): { socket: Socket; wire: Socket } {
  if (!ssl) {
    const socket = connectPlain({ host, port }, onConnect);
    explainErrors(socket, { tls: false, hasCertificate: false });
    return { socket, wire: socket };
  }
  const { hasCertificate, ...options } = ssl;
  const wire = connectPlain({ host, port });
  const servername = isIP(host) ? {} : { servername: host };
  const socket = connectTls({ socket: wire, host, port, ...servername, ...options }, onConnect);
  explainErrors(socket, { tls: true, hasCertificate });
  return { socket, wire };
}
