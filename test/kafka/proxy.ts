import { type AddressInfo, createServer, connect as dial, type Socket } from 'node:net';
import type { Connection } from '../../src/kafka/client.ts';

/** What a proxy does with bytes: pass them on, keep answers back, or keep everything back. */
type Mode = 'flow' | 'no-answers' | 'hold';

/** A TCP proxy before a broker, which the clients take for the broker itself. */
export type TcpProxy = {
  readonly connection: Connection;
  /** Connections that have been opened so far, and those that are open. */
  readonly accepted: number;
  readonly open: number;
  /** Bytes that went to the broker so far. */
  readonly sent: number;
  set(mode: Mode): void;
  /** Resets every connection; new ones are taken. */
  cut(): void;
  close(): Promise<void>;
};

/** `127.0.0.1:port` as Metadata and FindCoordinator write it. */
function addressBytes(port: number): Buffer {
  const bytes = Buffer.alloc(15);
  bytes.writeInt16BE(9, 0);
  bytes.write('127.0.0.1', 2);
  bytes.writeInt32BE(port, 11);
  return bytes;
}

function replace(chunk: Buffer, from: Buffer, to: Buffer): Buffer {
  for (let at = chunk.indexOf(from); at >= 0; at = chunk.indexOf(from, at + 1)) to.copy(chunk, at);
  return chunk;
}

/** Starts a proxy to the broker at `target`. */
export async function startProxy(target: number): Promise<TcpProxy> {
  const pairs = new Set<[Socket, Socket]>();
  let mode: Mode = 'flow';
  let accepted = 0;
  let sent = 0;

  const server = createServer((client) => {
    const broker = dial({ host: '127.0.0.1', port: target });
    const pair: [Socket, Socket] = [client, broker];
    accepted++;
    pairs.add(pair);
    const end = () => {
      for (const socket of pair) socket.destroy();
      pairs.delete(pair);
    };
    for (const socket of pair) socket.on('error', end).on('close', end);
    client.on('data', (chunk) => {
      if (mode === 'hold') return;
      sent += chunk.length;
      broker.write(chunk);
    });
    broker.on('data', (chunk) => {
      if (mode === 'flow') client.write(replace(chunk, addressBytes(target), addressBytes(port)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  function cut(): void {
    for (const [client, broker] of pairs) {
      client.resetAndDestroy();
      broker.destroy();
    }
  }

  return {
    connection: { brokers: [`127.0.0.1:${port}`], clientId: 'proxied' },
    get accepted() {
      return accepted;
    },
    get open() {
      return pairs.size;
    },
    get sent() {
      return sent;
    },
    set(next) {
      mode = next;
    },
    cut,
    async close() {
      cut();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
