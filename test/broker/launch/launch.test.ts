import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isAlive } from '../../../src/broker/control/probe.ts';
import { type BrokerExit, launch } from '../../../src/broker/launch.ts';
import { temporaryFolder } from '../../rig/folder.ts';
import { ENTRY, launchBroker } from './launching.ts';

/** A port that somebody else serves. */
async function takenPort(): Promise<number> {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

const gone = (pid: number) => expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
const readLock = (dataDir: string) => JSON.parse(readFileSync(join(dataDir, 'lock.json'), 'utf8'));

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

describe('a broker process', () => {
  test('serves, says who it is in the lock, and ends when its only console lets go', async () => {
    const dataDir = temporaryFolder();
    const broker = await launchBroker({ dataDir });
    expect(await answers(broker.port)).toBe(true);
    expect(broker).toMatchObject({ address: `127.0.0.1:${broker.port}`, attached: false, portNote: undefined });
    const { pid, startId, port } = broker;
    expect(readLock(dataDir)).toMatchObject({ pid, startId, port, format: 1 });
    await broker.close();
    expect(isAlive(pid)).toBe(false);
    expect(existsSync(join(dataDir, 'lock.json'))).toBe(false);
  });

  test.runIf(existsSync('/proc/self/stat'))(
    'is in a process group of its own, so that Ctrl+C in the terminal does not reach it',
    async () => {
      const { pid } = await launchBroker();
      const group = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[2];
      expect(Number(group)).toBe(pid);
    },
  );

  test('takes a second console in, and outlives the first', async () => {
    const dataDir = temporaryFolder();
    const first = await launchBroker({ dataDir });
    const second = await launchBroker({ dataDir });
    expect(second).toMatchObject({ attached: true, startId: first.startId, port: first.port });
    expect(await first.lease()).toEqual({ held: true });
    expect(await second.lease()).toEqual({ held: false, pid: process.pid });
    await first.close();
    expect(await answers(second.port)).toBe(true);
    expect(await second.lease()).toEqual({ held: true });
    await second.close();
    await gone(second.pid);
  });

  test('of several starts at once one lives, and all attach to it', async () => {
    const dataDir = temporaryFolder();
    const brokers = await Promise.all([1, 2, 3].map(() => launchBroker({ dataDir })));
    expect(new Set(brokers.map(({ startId }) => startId)).size).toBe(1);
    expect(brokers.filter(({ attached }) => !attached)).toHaveLength(1);
  });

  test('keeps its cluster id over restarts', async () => {
    const broker = await launchBroker();
    const { clusterId, port, startId } = broker;
    expect(clusterId).toContain('single-node');
    await broker.restart();
    expect(broker).toMatchObject({ clusterId, port });
    expect(broker.startId).not.toBe(startId);
  });

  test('killed, it is told, and comes back on its port with the lease', async () => {
    const broker = await launchBroker();
    const exits: BrokerExit[] = [];
    broker.onExit((exit) => exits.push(exit));
    const { port } = broker;
    await broker.lease();
    await broker.kill();
    await expect.poll(() => exits).toEqual([{ code: null, signal: 'SIGKILL', asked: false }]);
    await broker.restart();
    expect(broker).toMatchObject({ port, attached: false });
    expect(await broker.lease()).toEqual({ held: true });
  });

  test('restarted twice at once, comes back once; let go of, not at all', async () => {
    const broker = await launchBroker();
    await broker.kill();
    await Promise.all([broker.restart(), broker.restart()]);
    const { pid } = broker;
    await broker.close();
    expect(isAlive(pid)).toBe(false);
    await expect(broker.restart()).rejects.toMatchObject({ kind: 'failed' });
  });

  test('asked to stop, by whomever, it ends cleanly and that is told to all', async () => {
    const dataDir = temporaryFolder();
    const [first, second] = [await launchBroker({ dataDir }), await launchBroker({ dataDir })];
    const exits: BrokerExit[] = [];
    for (const broker of [first, second]) broker.onExit((exit) => exits.push(exit));
    await second.stop();
    await expect.poll(() => exits).toHaveLength(2);
    expect(exits).toContainEqual({ code: 0, signal: null, asked: true });
    expect(exits).toContainEqual({ code: null, signal: null, asked: true });
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('ends cleanly on %s', async (signal) => {
    const dataDir = temporaryFolder();
    const broker = await launchBroker({ dataDir });
    const exits: BrokerExit[] = [];
    broker.onExit((exit) => exits.push(exit));
    process.kill(broker.pid, signal);
    await expect.poll(() => exits).toEqual([{ code: 0, signal: null, asked: true }]);
    expect(existsSync(join(dataDir, 'lock.json'))).toBe(false);
  });

  test('started again while the one before is still ending, waits for its end', async () => {
    const dataDir = temporaryFolder();
    const first = await launchBroker({ dataDir });
    const [, second] = await Promise.all([first.stop(), launchBroker({ dataDir })]);
    expect(await answers(second.port)).toBe(true);
  });

  test('takes over the lock of one that was killed', async () => {
    const dataDir = temporaryFolder();
    const first = await launchBroker({ dataDir });
    await first.kill();
    expect(readLock(dataDir).startId).toBe(first.startId);
    const second = await launchBroker({ dataDir });
    expect(second.attached).toBe(false);
    expect(readLock(dataDir).startId).toBe(second.startId);
  });

  test('runs from TypeScript as well', async () => {
    const broker = await launchBroker({ entry: new URL('../../../src/broker/main.ts', import.meta.url) });
    expect(await answers(broker.port)).toBe(true);
  });
});

describe('the port', () => {
  test('asked for by name is had', async () => {
    const free = await launchBroker();
    const { port } = free;
    await free.close();
    expect((await launchBroker({ port })).port).toBe(port);
  });

  test('asked for by name and taken is a sentence', async () => {
    const port = await takenPort();
    await expect(launchBroker({ port })).rejects.toMatchObject({
      ...{ kind: 'port-taken', message: `port ${port} on 127.0.0.1 is taken by another program` },
    });
  });

  test('the usual one taken, another is had and said', async () => {
    const [defaultPort, fallbackFrom] = [await takenPort(), await takenPort()];
    const broker = await launchBroker({ defaultPort, fallbackFrom });
    expect(broker.port).toBeGreaterThan(fallbackFrom);
    expect(broker.portNote).toBe(
      `Port ${defaultPort} is taken by another program; the broker listens on ${broker.port}.`,
    );
  });
});

describe('a start that cannot be is one sentence', () => {
  const start = (dataDir: string, entry = ENTRY) =>
    launch({ entry, dataDir, defaultPort: 9092, fallbackFrom: 19_092, ephemeral: true });

  test('where a file stands in the way', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    await expect(start(file)).rejects.toMatchObject({
      ...{ kind: 'not-writable', message: `a file stands in the way of the folder ${file}` },
    });
    await expect(start(join(file, 'below'))).rejects.toMatchObject({ kind: 'not-writable' });
  });

  test.skipIf(process.getuid?.() === 0)('where nobody may write', async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o500);
    await expect(start(folder)).rejects.toMatchObject({
      ...{ kind: 'not-writable', message: `you may not write into ${folder}` },
    });
  });

  test('where a newer version has written', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'format.json'), '{"format":2}');
    await expect(start(folder)).rejects.toMatchObject({
      ...{ kind: 'newer-format', message: `${folder} has format 2; this version reads formats up to 1` },
    });
  });

  test('where somebody holds the lock and says nothing', { timeout: 20_000 }, async () => {
    const folder = temporaryFolder();
    mkdirSync(folder, { recursive: true });
    const mute = createServer();
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void mute.close());
    const address = mute.address();
    const controlPort = typeof address === 'object' && address ? address.port : 0;
    const lock = { pid: process.pid, startId: 'x', port: 1, controlPort, startedAt: 0, format: 1 };
    writeFileSync(join(folder, 'lock.json'), JSON.stringify(lock));
    await expect(start(folder)).rejects.toMatchObject({
      ...{
        kind: 'locked',
        message: expect.stringContaining(`no answer comes from the broker with process id ${process.pid}`),
      },
    });
  });

  test('where the program itself breaks, with its last words', async () => {
    const folder = temporaryFolder();
    const entry = join(folder, 'broken.mjs');
    writeFileSync(entry, 'throw new Error("no such luck")');
    await expect(start(folder, new URL(`file://${entry}`))).rejects.toMatchObject({
      ...{ kind: 'failed', message: expect.stringContaining('no such luck') },
    });
  });
});
