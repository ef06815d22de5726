import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Broker, createBroker } from '../../src/broker/broker.ts';
import type { Connection } from '../../src/kafka/client.ts';

const clock = {
  now: () => Date.now(),
  setTimer(ms: number, fire: () => void) {
    const timer = setTimeout(fire, ms);
    return () => clearTimeout(timer);
  },
};

/** An embedded broker in this process, on a folder and a port of its own. */
export type TestBroker = {
  readonly connection: Connection;
  readonly port: number;
  /** Stops answering and lets go of the port. */
  stop(): Promise<void>;
  /** Comes back on the same folder and port. */
  restart(): Promise<void>;
  /** Stops for good and removes the folder. */
  close(): Promise<void>;
};

/** Starts an embedded broker. */
export async function startBroker(): Promise<TestBroker> {
  const dataDir = mkdtempSync(join(tmpdir(), 'lunchrush-kafka-'));
  const log = () => undefined;
  const create = (port: number) => createBroker({ dataDir, port, clock, log, reached: () => undefined });
  let broker: Broker = create(0);
  const { port } = await broker.start();
  return {
    port,
    connection: { brokers: [`127.0.0.1:${port}`], clientId: 'test' },
    stop: () => broker.close(),
    async restart() {
      broker = create(port);
      await broker.start();
    },
    async close() {
      await broker.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
