import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from './until.ts';

/** The embedded broker that holds a folder. */
export type BrokerProcess = { pid: number; port: number };

/** Command line of a process, or nothing if it is not there. */
function commandOf(pid: number): string {
  try {
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

/** What the lock of a data folder says, if its broker is alive: ids are used again, so the command line must name the folder. */
export function brokerOf(dataDir: string): BrokerProcess | undefined {
  const lock = join(dataDir, 'broker', 'lock.json');
  if (!existsSync(lock)) return undefined;
  const { pid, port } = JSON.parse(readFileSync(lock, 'utf8')) as BrokerProcess;
  return commandOf(pid).includes(join(dataDir, 'broker')) ? { pid, port } : undefined;
}

/** Kills the broker of a data folder as a power cut would, and waits until it is gone. */
export async function killBroker(dataDir: string): Promise<void> {
  const broker = brokerOf(dataDir);
  if (!broker) return;
  process.kill(broker.pid, 'SIGKILL');
  await until('the end of the broker', () => brokerOf(dataDir) === undefined);
}

/** Data folders below a folder for temporary files: those of `--fresh`. */
export function dataFoldersIn(folder: string): string[] {
  return readdirSync(folder).map((name) => join(folder, name));
}
