import { createRequire } from 'node:module';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { applyFixes, fixes } from '../../../src/kafka/fixes/index.ts';
import { stock } from '../stock.ts';

type Connection = { connect(): Promise<true>; disconnect(): Promise<true> };
type ConnectionClass = new (options: object) => Connection;

const path = 'kafkajs/src/network/connection';
const Fixed = createRequire(import.meta.url)(path) as ConnectionClass;
const Stock = stock<ConnectionClass>(path);

type Factory = (address: object) => Socket;
const dial = (createRequire(import.meta.url)('kafkajs/src/network/socketFactory') as () => Factory)();

/** How many sockets two requests open that meet on one closed connection. */
async function socketsOfTwoDials(Connection: ConnectionClass): Promise<number> {
  const sockets: Socket[] = [];
  const socketFactory: Factory = (address) => {
    const socket = dial(address);
    sockets.push(socket);
    return socket;
  };
  const server = createServer((socket) => socket.resume());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const silent = () => undefined;
  const logger = { debug: silent, error: silent, namespace: () => logger };
  const options = { host: '127.0.0.1', port, logger, socketFactory, connectionTimeout: 1_000, requestTimeout: 1_000 };
  const connection = new Connection(options);
  await Promise.all([connection.connect(), connection.connect()]);
  await connection.connect();
  await connection.disconnect();
  for (const socket of sockets) socket.destroy();
  server.close();
  return sockets.length;
}

describe('fixes of kafkajs', () => {
  test('all of them took in this thread', () => {
    expect(fixes.applied).toHaveLength(5);
    expect(fixes.fact).toBeUndefined();
  });

  test('they step aside with a fact if kafkajs is another version', () => {
    const report = applyFixes('2.2.5');
    expect(report.applied).toEqual([]);
    expect(report.fact).toContain('kafkajs is 2.2.5, not 2.2.4');
  });

  test('they refuse to come too late', () => {
    expect(() => applyFixes('2.2.4')).toThrow('kafkajs was loaded before its fixes');
  });

  test('requests that meet on a closed connection share a dial, where stock kafkajs dials for each', async () => {
    expect(await socketsOfTwoDials(Stock)).toBe(2);
    expect(await socketsOfTwoDials(Fixed)).toBe(1);
  });
});
