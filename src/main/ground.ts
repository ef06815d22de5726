import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LaunchError, type Launched, launch } from '../broker/launch.ts';
import { type ErrorCode, LunchrushError } from '../errors.ts';
import type { PipelineOptions } from '../options.ts';
import { machineMeans } from '../state/files.ts';
import { dataFolder, makeFolder } from '../state/folders.ts';
import { takeLease } from '../state/lock.ts';
import { processStart } from '../state/process-start.ts';
import type { Closers } from './closers.ts';

/** What a pipeline stands on: addresses, a folder for our files, and whether it is ours to run. */
export type Ground = {
  brokers: string[];
  /** Root of our files. */
  folder: string;
  /** The embedded broker; absent with a real cluster. */
  launched?: Launched;
  /** Process that runs the pipeline already; this one only watches then. */
  holder?: number;
};

/** Kafka's own port, and where looking for a free one begins when something else has it. */
export const DEFAULT_PORT = 9092;
export const FALLBACK_FROM = 19_092;

/** What a failed start of the broker means to the user. */
export const CODES: Record<LaunchError['kind'], ErrorCode> = {
  'port-taken': 'PORT_TAKEN',
  locked: 'DATA_LOCKED',
  full: 'DATA_FULL',
  'not-writable': 'DATA_NOT_WRITABLE',
  'newer-format': 'DATA_NEWER',
  failed: 'BROKER_FAILED',
};

/** Starts or attaches to the embedded broker, or takes the address that was given. */
export async function prepareGround(options: PipelineOptions, brokerEntry: URL, closers: Closers): Promise<Ground> {
  const folder = options.fresh ? await throwAway(closers) : dataFolder(options.dataDir);
  if (options.brokers) return { brokers: options.brokers, folder };
  const launched = await startBroker(options, join(folder, 'broker'), brokerEntry);
  closers.add(() => launched.close());
  const lease = await launched.lease();
  return { brokers: [launched.address], folder, launched, ...(lease.held ? {} : { holder: lease.pid }) };
}

/** With a real cluster the lease is a file of ours: gives the holder when it is somebody else's. */
export async function leaseByFile(folder: string, closers: Closers): Promise<number | undefined> {
  try {
    const lease = await takeLease(folder, machineMeans, { pid: process.pid, startOf: processStart });
    closers.add(() => lease.release());
    return undefined;
  } catch (error) {
    const holder =
      error instanceof LunchrushError && error.code === 'DATA_LOCKED' ? /process (\d+)/.exec(error.message) : null;
    if (!holder) throw error;
    return Number(holder[1]);
  }
}

async function throwAway(closers: Closers): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lunchrush-'));
  closers.add(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** Starts or attaches to the embedded broker of a data folder, which is made if it is not there. */
export async function startBroker(
  options: Pick<PipelineOptions, 'brokerPort' | 'fresh'>,
  dataDir: string,
  entry: URL,
): Promise<Launched> {
  await makeFolder(dataDir, machineMeans);
  try {
    return await launch({
      entry,
      dataDir,
      ...(options.brokerPort === undefined ? {} : { port: options.brokerPort }),
      defaultPort: DEFAULT_PORT,
      fallbackFrom: FALLBACK_FROM,
      ephemeral: options.fresh,
    });
  } catch (error) {
    if (error instanceof LaunchError) throw new LunchrushError(CODES[error.kind], error.message, { cause: error });
    throw error;
  }
}
