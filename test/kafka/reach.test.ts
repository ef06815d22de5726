import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { waitForCluster } from '../../src/kafka/reach.ts';
import { startBroker } from './broker.ts';

/** A port that nothing listens on. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

describe('reaching a cluster', () => {
  test('a cluster that answers tells its id, its brokers and its controller', async () => {
    const broker = await startBroker();
    const reached = await waitForCluster(broker.connection, { timeoutMs: 10_000 });
    expect(reached).toMatchObject({ brokers: 1, controller: 1 });
    expect(reached.clusterId).not.toBe('');
    await broker.close();
  });

  test('that its own connections end with it is no trouble to be told of', async () => {
    const broker = await startBroker();
    const told: string[] = [];
    await waitForCluster(broker.connection, { timeoutMs: 10_000, log: ({ message }) => told.push(message) });
    await broker.close();
    expect(told).toEqual([]);
  });

  test('one address that answers is enough', async () => {
    const broker = await startBroker();
    const brokers = [`127.0.0.1:${await closedPort()}`, ...broker.connection.brokers];
    const reached = await waitForCluster({ clientId: 'test', brokers }, { timeoutMs: 10_000 });
    expect(reached.brokers).toBe(1);
    await broker.close();
  });

  test('a broker that comes late is waited for', async () => {
    const broker = await startBroker();
    await broker.stop();
    const reaching = waitForCluster(broker.connection, { timeoutMs: 10_000 });
    await broker.restart();
    expect((await reaching).brokers).toBe(1);
    await broker.close();
  });

  test('an address without a broker is named together with the reason', async () => {
    const address = `127.0.0.1:${await closedPort()}`;
    const reaching = waitForCluster({ brokers: [address], clientId: 'test' }, { timeoutMs: 300 });
    await expect(reaching).rejects.toMatchObject({
      code: 'KAFKA_UNREACHABLE',
      message: `no Kafka at ${address} within 0.3 s: nothing listens at ${address}`,
    });
  });

  test('something that listens but does not answer counts as unreachable', async () => {
    const server = createServer((socket) => socket.on('error', () => undefined).resume());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const reaching = waitForCluster({ brokers: [`127.0.0.1:${port}`], clientId: 'test' }, { timeoutMs: 300 });
    await expect(reaching).rejects.toThrow('the broker did not answer in time');
    server.close();
  });

  test('waiting ends when it is given up', async () => {
    const brokers = [`127.0.0.1:${await closedPort()}`];
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(waitForCluster({ brokers, clientId: 'test' }, { timeoutMs: 10_000, signal })).rejects.toThrow(
      'enough',
    );
  });
});
