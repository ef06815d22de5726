import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { LunchrushError } from '../errors.ts';
import { type Files, type Means, systemCode, unlessAbsent, writing } from './files.ts';

/** What tells processes apart; `startOf` gives undefined for a process that is not there. */
export type Processes = { pid: number; startOf: (pid: number) => string | undefined };

/** The right to run a pipeline, held until released or until its process ends. */
export type Lease = { release(): Promise<void> };

type Claim = { name: string; pid: number; started: string };

const NAME = /^lease\.(\d+)\.(.+)$/;

function toClaim(name: string): Claim | undefined {
  const [, pid, started] = NAME.exec(name) ?? [];
  return pid !== undefined && started !== undefined ? { name, pid: Number(pid), started } : undefined;
}

/** How long the first in order waits for others to withdraw before it takes them for holders, in ms and steps. */
const STEP_MS = 20;
const STEPS = 15;

/**
 * Takes the lease of a folder, or throws DATA_LOCKED naming the holder's process id. A claim is a file whose name says
 * process and start time, so a dead one's can be removed by anyone without harming a living one's: no name is ever used
 * twice. Whoever, having put down its own, sees no other living claim holds the lease. If two claim at once, the
 * later in order of names withdraws.
 */
export async function takeLease(folder: string, means: Means, { pid, startOf }: Processes): Promise<Lease> {
  const { files } = means;
  const own = `lease.${pid}.${startOf(pid) ?? 'unknown'}`;
  const release = () => files.rm(join(folder, own), { force: true });

  async function others(): Promise<Claim[]> {
    const claims = (await files.readdir(folder)).map(toClaim).filter((claim) => claim !== undefined);
    const alive = claims.filter((claim) => startOf(claim.pid) === claim.started);
    for (const dead of claims.filter((claim) => !alive.includes(claim)))
      await files.rm(join(folder, dead.name), { force: true });
    return alive.filter((claim) => claim.name !== own);
  }

  async function rival(): Promise<Claim | undefined> {
    for (let step = 0; ; step++) {
      const [first] = (await others()).sort((one, other) => (one.name < other.name ? -1 : 1));
      if (!first || first.name < own || step === STEPS) return first;
      await wait(STEP_MS);
    }
  }

  await writing(folder, () => putDown(join(folder, own), means, pid));
  await means.reached('lease-claimed');
  const holder = await rival();
  if (!holder) return { release };
  await release();
  throw locked(folder, holder.pid);
}

/** The process that holds the lease of a folder, undefined if none does or there is no such folder. Changes nothing. */
export async function leaseHolder(
  folder: string,
  { readdir }: Pick<Files, 'readdir'>,
  startOf: Processes['startOf'],
): Promise<number | undefined> {
  const names = (await unlessAbsent(() => readdir(folder))) ?? [];
  const claims = names.map(toClaim).filter((claim) => claim !== undefined);
  return claims.find(({ pid, started }) => startOf(pid) === started)?.pid;
}

async function putDown(path: string, { files }: Means, pid: number): Promise<void> {
  try {
    const file = await files.open(path, 'wx');
    await file.close();
  } catch (thrown) {
    throw systemCode(thrown) === 'EEXIST' ? locked(path, pid) : thrown;
  }
}

function locked(path: string, pid: number): LunchrushError {
  return new LunchrushError('DATA_LOCKED', `${path} is in use by process ${pid}`);
}
