import { connect, createServer, type Server, type Socket } from 'node:net';

/** One request or response on its way; `body` is the frame without its size. */
export type Frame = { direction: 'request' | 'response'; apiKey: number; body: Buffer };

/** Lets a frame pass, now or later, or cuts its connection. Later frames of the same direction wait for the answer. */
export type Police = (frame: Frame) => 'pass' | 'cut' | Promise<'pass' | 'cut'>;

/** A TCP proxy before a Kafka broker. */
export type Proxy = {
  readonly address: string;
  /** Who looks at every frame; from now on this one. */
  police(by: Police): void;
  close(): Promise<void>;
};

export const API = { produce: 0, fetch: 1, metadata: 3, offsetCommit: 8, findCoordinator: 10, heartbeat: 12 } as const;

const HOST = '127.0.0.1';

/** Answers with these say where brokers are; clients must be told the proxy's port, or they go round it. */
const WITH_ADDRESSES: readonly number[] = [API.metadata, API.findCoordinator];

/** Puts one port in the place of another wherever it follows the host; both are four bytes (int32). */
function readdress(body: Buffer, from: number, to: number): void {
  const address = Buffer.alloc(HOST.length + 4);
  address.write(HOST);
  address.writeInt32BE(from, HOST.length);
  for (let at = body.indexOf(address); at >= 0; at = body.indexOf(address, at + 1))
    body.writeInt32BE(to, at + HOST.length);
}

/** Cuts a stream into frames and hands each to `take`, one after the other. */
function eachFrame(socket: Socket, take: (frame: Buffer) => Promise<void>): Promise<unknown> {
  let rest = Buffer.alloc(0);
  let work: Promise<unknown> = Promise.resolve();
  socket.on('data', (bytes: Buffer) => {
    rest = Buffer.concat([rest, bytes]);
    while (rest.length >= 4 && rest.length >= 4 + rest.readInt32BE(0)) {
      const frame = rest.subarray(4, 4 + rest.readInt32BE(0));
      rest = rest.subarray(4 + frame.length);
      work = work.then(() => take(Buffer.from(frame)));
    }
  });
  // What was on the way when a peer went still gets there, as it does through a network.
  return new Promise((resolve) => socket.on('close', () => resolve(work)));
}

function send(socket: Socket, body: Buffer): void {
  if (socket.destroyed) return;
  const size = Buffer.alloc(4);
  size.writeInt32BE(body.length);
  socket.write(Buffer.concat([size, body]));
}

/** Starts a proxy before the broker on `targetPort` of this machine; all that it does not look into passes as it is. */
export async function startProxy(targetPort: number): Promise<Proxy> {
  let police: Police = () => 'pass';
  const sockets = new Set<Socket>();
  let port = 0;

  const join = (client: Socket) => {
    const broker = connect(targetPort, HOST);
    const apiKeys = new Map<number, number>();
    for (const socket of [client, broker]) {
      sockets.add(socket);
      socket.setNoDelay(true).on('error', () => undefined);
      socket.on('close', () => sockets.delete(socket));
    }
    const pass = async (frame: Frame, to: Socket) => {
      if ((await police(frame)) === 'pass') return send(to, frame.body);
      client.destroy();
      broker.destroy();
    };
    const requests = eachFrame(client, (body) => {
      const apiKey = body.readInt16BE(0);
      apiKeys.set(body.readInt32BE(4), apiKey);
      return pass({ direction: 'request', apiKey, body }, broker);
    });
    const responses = eachFrame(broker, (body) => {
      const apiKey = apiKeys.get(body.readInt32BE(0)) ?? -1;
      if (WITH_ADDRESSES.includes(apiKey)) readdress(body, targetPort, port);
      return pass({ direction: 'response', apiKey, body }, client);
    });
    void requests.then(() => broker.end());
    void responses.then(() => client.end());
  };
  const server: Server = createServer(join);
  await new Promise<void>((resolve) => server.listen(0, HOST, resolve));
  port = (server.address() as { port: number }).port;
  return {
    address: `${HOST}:${port}`,
    police(by) {
      police = by;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
