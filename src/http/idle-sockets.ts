import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Follows the connections of a server from its beginning, and gives the way to end those on which nobody waits for an
 * answer, now and as they come to that. Node's own leaves out those that have not asked anything yet.
 */
export function followSockets(server: Server): () => void {
  const underWay = new Map<Socket, number>();
  let isClosing = false;
  const change = (socket: Socket, by: number) => {
    const count = underWay.get(socket);
    if (count === undefined) return;
    underWay.set(socket, count + by);
    if (isClosing && count + by === 0) socket.end();
  };
  server.on('connection', (socket: Socket) => {
    underWay.set(socket, 0);
    socket.once('close', () => underWay.delete(socket));
  });
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    change(socket, 1);
    response.once('close', () => change(socket, -1));
  });
  return () => {
    isClosing = true;
    for (const [socket, count] of underWay) if (count === 0) socket.destroy();
  };
}
