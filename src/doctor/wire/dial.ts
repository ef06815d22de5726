import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { TlsOptions } from '../../kafka/wire/tls.ts';

/** Where to. */
export type Address = { host: string; port: number };

/** TLS as the program's own connections have it; the server's name is the host's unless it is said. */
export type TlsWish = Pick<
  TlsOptions,
  'secureContext' | 'servername' | 'rejectUnauthorized' | 'checkServerIdentity' | 'hasCertificate'
>;

/** `host:port` in its parts; IPv6 addresses stand in brackets. */
export function toAddress(text: string): Address {
  const at = text.lastIndexOf(':');
  return { host: text.slice(0, at).replace(/^\[|\]$/g, ''), port: Number(text.slice(at + 1)) };
}

/** The other way round. */
export function addressText({ host, port }: Address): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** Opens a connection and waits until it is up, the TLS handshake included. Rejects with Node's error or the signal's reason. */
export function dial(address: Address, signal: AbortSignal, tls?: TlsWish): Promise<Socket> {
  if (tls) return dialTls(address, signal, tls);
  return opened(connect({ ...address }), 'connect', signal);
}

/** The same in TLS. */
export function dialTls(address: Address, signal: AbortSignal, tls: TlsWish): Promise<TLSSocket> {
  const servername = isIP(address.host) ? {} : { servername: address.host };
  return opened(connectTls({ ...address, ...servername, ...tls }), 'secureConnect', signal);
}

function opened<S extends Socket>(socket: S, up: string, signal: AbortSignal): Promise<S> {
  return new Promise((resolve, reject) => {
    const settle = (how: () => void) => {
      socket.off(up, done).off('error', fail).off('close', closed);
      signal.removeEventListener('abort', stop);
      how();
    };
    const fail = (error: Error) => {
      settle(() => reject(error));
      // What still comes of it concerns nobody.
      socket.on('error', () => {}).destroy();
    };
    const closed = () => fail(Object.assign(new Error('the connection was closed'), { code: 'ECONNRESET' }));
    const stop = () => fail(signal.reason);
    const done = () => {
      settle(() => resolve(socket));
      socket.on('error', () => {});
    };
    socket.on(up, done).on('error', fail).on('close', closed);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
