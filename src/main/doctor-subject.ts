import { join } from 'node:path';
import { probe } from '../broker/control/probe.ts';
import { LOCK } from '../broker/folder/claim-folder.ts';
import { readLock } from '../broker/folder/lock-file.ts';
import { FORMAT, formatOf } from '../broker/folder/prepare.ts';
import type { Entry } from '../doctor/address/entry.ts';
import { ok } from '../doctor/check.ts';
import { clusterOf } from '../doctor/cluster/cluster.ts';
import type { FoundLock } from '../doctor/data/lock.ts';
import type { Subject } from '../doctor/subject.ts';
import { toAddress } from '../doctor/wire/dial.ts';
import type { Connection } from '../kafka/client.ts';
import { tlsOptions } from '../kafka/wire/tls.ts';
import type { Options } from '../options.ts';
import { namesOf } from '../options.ts';
import { dataFolder } from '../state/folders.ts';
import type { Closers } from './closers.ts';
import { tryBroker } from './doctor-broker.ts';
import { thisMachine } from './doctor-machine.ts';
import type { Entries } from './entries.ts';
import { DEFAULT_PORT } from './ground.ts';

/** What doctor is asked to do. */
export type DoctorOptions = Extract<Options, { mode: 'doctor' }>;

/**
 * Everything that doctor looks at. Where there is no real cluster and the embedded broker of the data folder runs, that one
 * is the cluster. What is opened on the way is handed to `closers`.
 */
export async function subjectOf(options: DoctorOptions, entries: Entries, closers: Closers): Promise<Subject> {
  const root = dataFolder(options.dataDir);
  const lock = options.brokers ? undefined : await lookAtLock(join(root, 'broker'));
  const running = lock?.presence === 'there' ? lock : undefined;
  const brokers = options.brokers ?? (running ? [`127.0.0.1:${running.port}`] : []);
  const connection = { ...connectionOf(options), brokers };
  const found = entriesOf(connection);
  const cluster = { entries: found, connection, names: namesOf(options), now: Date.now };
  const known = { ...clusterOf(cluster), wishes: options };
  closers.add(async () => known.close());
  return {
    machine: thisMachine(),
    data: { root, inner: options.brokers ? 'state' : 'broker' },
    ...(options.brokers ? {} : { embedded: embeddedIn(join(root, 'broker'), lock, entries.broker, closers) }),
    ports: portsOf(options, running),
    entries: found,
    ...(found.length > 0 ? { cluster: known } : {}),
  };
}

/** How the cluster is entered. Secrets are in it. */
export function connectionOf({ brokers = [], security = {} }: DoctorOptions): Connection {
  return { brokers, clientId: 'lunchrush-doctor', ...security };
}

/** So long an address may keep silent before it is taken for dead. */
const PATIENCE_MS = 3_000;

function entriesOf(connection: Connection): Entry[] {
  const { brokers, ssl } = connection;
  return brokers.map((broker) => ({
    address: toAddress(broker),
    connection: { ...connection, brokers: [broker] },
    patienceMs: PATIENCE_MS,
    others: brokers.filter((other) => other !== broker).map(toAddress),
    ...(ssl ? { tls: tlsOptions(ssl) } : {}),
  }));
}

/** A folder that cannot be read has no lock that could be told; that it cannot is a finding of its own. */
async function lookAtLock(folder: string): Promise<FoundLock | undefined> {
  try {
    const lock = readLock(join(folder, LOCK));
    return lock && { pid: lock.pid, port: lock.port, presence: await probe(lock) };
  } catch {
    return undefined;
  }
}

function embeddedIn(folder: string, lock: FoundLock | undefined, entry: URL, closers: Closers) {
  const isRunning = lock?.presence === 'there';
  return {
    lock,
    format: () => formatOf(folder),
    readable: FORMAT,
    tryStart: async (signal: AbortSignal) =>
      isRunning ? ok('not tried: one runs') : await tryBroker(entry, closers, signal),
  };
}

function portsOf({ brokers, brokerPort, http }: DoctorOptions, running: FoundLock | undefined): Subject['ports'] {
  const broker = {
    name: 'broker port',
    host: '127.0.0.1',
    port: brokerPort ?? running?.port ?? DEFAULT_PORT,
    what: 'the embedded broker',
    isMust: brokerPort !== undefined,
    fix:
      brokerPort === undefined
        ? 'nothing, the embedded broker takes another one; or dial what is there with --brokers'
        : 'stop what listens there, or choose another with --broker-port',
    ...(running ? { ours: running.port } : {}),
  };
  const door = (name: string, port: number, option: string) => ({
    name: `${name} port`,
    host: http.host,
    port,
    what: `the HTTP door of ${name}`,
    isMust: false,
    fix: `for HTTP, stop what listens there, or choose another with ${option}`,
  });
  return [
    ...(brokers ? [] : [broker]),
    door('orders', http.ordersPort, '--orders-port'),
    door('analytics', http.analyticsPort, '--analytics-port'),
  ];
}
