import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { SocketFactory } from './kafkajs.ts';

/**
 * The way to the wire of one client. kafkajs keeps retrying behind a caller's back; once the gate is shut, no byte of
 * it leaves any more, not even those that wait in the socket, and what waits for an answer fails at once.
 */
export type Gate = {
  readonly open: boolean;
  readonly socketFactory: SocketFactory;
  /** Resets every connection and refuses new ones; safe to call again. */
  shut(): void;
};

const KEEP_ALIVE_MS = 60_000;

function dial({ host, port, ssl, onConnect }: Parameters<SocketFactory>[0]): Socket {
  if (!ssl) return connectPlain({ host, port }, onConnect);
  const servername = isIP(host) ? {} : { servername: host };
  return connectTls({ host, port, ...servername, ...ssl }, onConnect);
}

function reset(socket: Socket): void {
  // A reset of a socket that is being shut down fails, and then Node never closes its handle: a thread with such a
  // handle spins for ever when it ends.
  if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
  // kafkajs fails waiting requests on 'error' and a waiting login on 'end', and a destroyed socket says neither.
  socket.emit('error', new Error('given up, as something on it had no answer'));
  socket.emit('end');
}

/** An open gate. */
export function createGate(): Gate {
  const sockets = new Set<Socket>();
  let open = true;
  return {
    get open() {
      return open;
    },
    socketFactory(address) {
      if (!open) throw new Error('this client is closed');
      const socket = dial(address);
      socket.setKeepAlive(true, KEEP_ALIVE_MS);
      socket.setNoDelay(true);
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      return socket;
    },
    shut() {
      if (!open) return;
      open = false;
      for (const socket of sockets) reset(socket);
    },
  };
}
