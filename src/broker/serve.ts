import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import type { Clock, Log, Reached } from './api.ts';
import { createBroker } from './broker.ts';
import { choosePort, type PortWish } from './choose-port.ts';
import { systemClock } from './clock.ts';
import { createControlPort } from './control/control-port.ts';
import type { Attached } from './control/messages.ts';
import { createFileLog } from './file-log.ts';
import { claimFolder } from './folder/claim-folder.ts';
import { checkFormat, prepareFolder } from './folder/prepare.ts';
import { toLaunchError } from './launch-error.ts';
import { createLife, type Life } from './life.ts';
import { createLinger } from './linger.ts';

const HOST = '127.0.0.1';

/** How often a port that was free a moment ago may be gone. */
const PORT_TRIES = 10;

/** How a broker process is told to run. */
export type ServeOptions = PortWish & {
  dataDir: string;
  /** It belongs to its consoles and ends with the last of them. */
  linked: boolean;
  /** Crash points; nothing unless a test's entry hands them in. */
  reached?: Reached;
  clock?: Clock;
};

/** A broker that serves, from inside its process. */
export type Serving = Attached & {
  /** Flushes, marks the folder as clean and lets go of it. Asking again changes nothing. */
  stop(): Promise<void>;
  /** Settles when it has ended, however that came about. */
  readonly ended: Promise<void>;
};

/**
 * Runs a broker in this process: claims the folder, listens, tells who it is, and ends when it is asked to or has no console
 * left. Rejects with a LaunchError that says what is in the way.
 */
export async function serve(options: ServeOptions): Promise<Serving> {
  const dataDir = resolve(options.dataDir);
  const life = createLife();
  try {
    return await open({ ...options, dataDir }, life);
  } catch (error) {
    await life.end();
    throw toLaunchError(error, dataDir);
  }
}

async function open(options: ServeOptions, life: Life): Promise<Serving> {
  const { dataDir, linked, clock = systemClock } = options;
  const identity = { startId: randomBytes(8).toString('hex'), pid: process.pid };
  prepareFolder(dataDir, identity.startId);
  const toFile = createFileLog(join(dataDir, 'broker.log'), clock.now);
  const end = (why: string) => {
    toFile('info', `ends: ${why}`);
    // `ended` tells whoever runs this process.
    life.end().catch(() => {});
  };
  const linger = linked ? createLinger(clock, end) : undefined;
  life.onEnd(() => linger?.cancel());
  const control = createControlPort(identity, linked, {
    attachedChanged: (count, bye) => linger?.attachedChanged(count, bye),
    stopAsked: () => end('a console asked for it'),
  });
  const controlPort = await control.open();
  life.onEnd(control.close);
  const folder = await claimFolder(dataDir, { ...identity, controlPort, startedAt: clock.now() });
  life.onEnd(folder.release);
  checkFormat(dataDir);
  const log: Log = (level, message) => {
    toFile(level, message);
    control.notify({ notice: 'log', level, message });
  };
  const attached = { ...identity, ...(await listen({ ...options, clock }, log, life)) };
  folder.tellPort(attached.port);
  log('info', `broker ${identity.startId}, pid ${identity.pid}, serves ${HOST}:${attached.port}`);
  control.serving(attached);
  life.onEnd(control.ending);
  return { ...attached, stop: life.end, ended: life.ended };
}

type Listening = Pick<Attached, 'port' | 'clusterId' | 'portNote'>;

/** Between the choice of a port and the listening on it another program may take it: then the choice is made anew. */
async function listen(options: ServeOptions & { clock: Clock }, log: Log, life: Life): Promise<Listening> {
  const { dataDir, clock, reached = () => {} } = options;
  for (let tries = 1; ; tries++) {
    const chosen = await choosePort(options, HOST);
    const broker = createBroker({ dataDir, host: HOST, port: chosen.port, clock, log, reached });
    try {
      const { port } = await broker.start();
      life.onEnd(broker.close);
      return { ...chosen, port, clusterId: broker.clusterId };
    } catch (error) {
      if (tries === PORT_TRIES || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
}
