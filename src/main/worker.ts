import { hostname } from 'node:os';
import type { Clock } from '../engine/clock.ts';
import { LunchrushError } from '../errors.ts';
import type { Connection } from '../kafka/client.ts';
import type { Options } from '../options.ts';
import { namesOf } from '../options.ts';
import { catchSignals, type Interruption, interruptionOf } from '../script/signals.ts';
import { createLog, type Log } from '../workers/process/log.ts';
import { followWorker } from '../workers/process/standing.ts';
import { realWorld } from '../workers/world.ts';
import { type Closers, createClosers } from './closers.ts';
import { openHealthPort } from './health-port.ts';
import { meetCluster } from './meet-cluster.ts';
import { readLoad } from './worker-load.ts';
import { runOwnWorker } from './worker-run.ts';

/** What the command line says of a worker. */
export type WorkerOptions = Extract<Options, { mode: 'worker' }>;

/** What a worker process is started with; `reached` is for tests. */
export type WorkerWorld = { version: string; clock: Clock; reached?: ((name: string) => void) | undefined };

/**
 * One worker as a process: no supervisor, no console. It survives short troubles itself; what it cannot survive ends it
 * with an exit code, so that whoever started it starts it again. Gives the exit code of a clean end: 128 and its number
 * after a signal, 0 when a load test has ended.
 */
export async function runWorker(options: WorkerOptions, { version, clock, reached }: WorkerWorld): Promise<number> {
  refuseReadOnly(options);
  const plan = options.kind === 'load' ? readLoad(options.load ?? '', clock) : undefined;
  const signals = catchSignals(process);
  const unread = new AbortController();
  const world = realWorld(reached);
  const log = createLog(options.kind, world, () => unread.abort(UNREAD));
  const signal = AbortSignal.any([signals.signal, unread.signal]);
  const closers = createClosers();
  let endSoon = () => {};
  try {
    const follower = followWorker(world);
    await openHealth(options, follower.read, log, closers);
    const connection = connectionOf(options);
    const { failRate, throttleMs } = options;
    const about = { version, brokers: connection.brokers, clientId: connection.clientId, failRate, throttleMs };
    log.line('info', 'started', `lunchrush ${version}, ${options.kind} worker`, about);
    for (const note of options.notes) log.line('warn', 'warned', note);
    const pipeline = namesOf(options);
    const met = await meetCluster(connection, pipeline, { ...options, role: options.kind, signal, log: log.kafkajs });
    for (const sentence of met.warnings) log.line('warn', 'warned', sentence);
    await runOwnWorker({ options, connection, pipeline, met, world, log, follower, signal, closers }, plan);
    await closers.close();
    log.line('info', 'stopped', 'stopped');
  } catch (thrown) {
    const isLeaving = signal.aborted && !(thrown instanceof LunchrushError);
    if (!isLeaving) {
      log.failed(thrown);
      // Its connections and half-done work are left to the end of the process, which comes as soon as the error is told.
      endSoon = () => setImmediate(() => process.exit());
      throw thrown;
    }
  } finally {
    await log.close();
    signals.release();
    endSoon();
  }
  return interruptionOf(signal)?.exit ?? 0;
}

/** A closed pipe on stdout ends a worker as it ends a script: quietly. */
const UNREAD: Interruption = { name: 'EPIPE', exit: 0 };

function refuseReadOnly({ kind, readOnly }: WorkerOptions): void {
  if (!readOnly || kind === 'analytics') return;
  const writes = kind === 'inventory' ? 'outcomes' : 'orders';
  throw new LunchrushError(
    'OPTIONS_WRONG',
    `--read-only does not go with lunchrush worker ${kind}: it writes ${writes}`,
  );
}

function connectionOf({ brokers, kind, security }: WorkerOptions): Connection {
  if (!brokers) throw new LunchrushError('OPTIONS_WRONG', `lunchrush worker ${kind} needs --brokers`);
  // Every tool that lists the group then shows where a member runs.
  return { brokers, clientId: `lunchrush-${kind}-${hostname()}-${process.pid}`, ...security };
}

async function openHealth(
  { healthHost, healthPort }: WorkerOptions,
  read: Parameters<typeof openHealthPort>[1],
  log: Log,
  closers: Closers,
): Promise<void> {
  if (healthPort === undefined) return;
  const port = await openHealthPort({ host: healthHost, port: healthPort }, read);
  closers.add(port.close);
  log.line('info', 'health-opened', `answers /health and /ready at http://${port.address}`);
}
