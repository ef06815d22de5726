import type { Socket } from 'node:net';
import { dial } from './dial.ts';
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

/** A way to the wire: what kafkajs reads and writes, and the TCP socket beneath it, the same where there is no TLS. */
type Way = { socket: Socket; wire: Socket };

/**
 * Ends a way so that nothing of it arrives any more. A TLS socket cannot be reset, and Node crashes when the socket
 * beneath it is destroyed first: it is the TLS socket that is destroyed, and takes the one beneath with it, whose flag
 * turns that into a reset.
 */
function reset({ socket, wire }: Way): void {
  // A reset of a socket that is being shut down, or is not yet one, fails, and then Node never closes its handle: a
  // thread with such a handle spins for ever when it ends. Nothing has left yet where it is still dialled.
  const mayReset = !socket.writableEnded && !wire.writableEnded && !wire.connecting;
  if (mayReset && wire === socket) socket.resetAndDestroy();
  else {
    if (mayReset && isOpened(wire)) Object.assign(wire, { resetAndClosing: true });
    socket.destroy();
  }
  // kafkajs fails waiting requests on 'error' and a waiting login on 'end', and a destroyed socket says neither.
  socket.emit('error', new Error('given up, as something on it had no answer'));
  socket.emit('end');
}

/** Before a socket that dials has a descriptor a reset of it fails, too, and nothing has left it that could arrive. */
function isOpened(wire: Socket & { _handle?: { fd?: number } | null }): boolean {
  return !wire.connecting || (wire._handle?.fd ?? -1) >= 0;
}

/** An open gate. */
export function createGate(): Gate {
  const ways = new Set<Way>();
  let open = true;
  return {
    get open() {
      return open;
    },
    socketFactory(address) {
      if (!open) throw new Error('this client is closed');
      const way = dial(address);
      way.wire.setKeepAlive(true, KEEP_ALIVE_MS);
      way.wire.setNoDelay(true);
      ways.add(way);
      way.socket.once('close', () => ways.delete(way));
      return way.socket;
    },
    shut() {
      if (!open) return;
      open = false;
      for (const way of ways) reset(way);
    },
  };
}
