import { type Finding, ok } from '../check.ts';
import { dial } from '../wire/dial.ts';
import { list, took } from '../words.ts';
import { dead } from './dead.ts';
import type { Entry } from './entry.ts';
import { codeOf } from './name.ts';

/** How a try to connect to one IP address went. */
type Try = { host: string; ms: number; refused?: string };

/** What people call a failed connect, by Node's code, and what to do. */
const REASONS: Record<string, [reason: string, fix: string]> = {
  ECONNREFUSED: ['nothing listens there', 'start the broker, or check the port'],
  EHOSTUNREACH: ['there is no way to that machine', 'check network, VPN and firewall'],
  ENETUNREACH: ['there is no way to that network', 'check network, VPN and firewall'],
};

/** Connects to every IP address that the name stands for; one that works will do, as it does for every client. */
export async function connectTo(entry: Entry, signal: AbortSignal): Promise<Finding> {
  const tries = await Promise.all((entry.found ?? []).map((host) => tryOne(host, entry, signal)));
  const good = tries.filter(({ refused }) => refused === undefined);
  const bad = tries.filter(({ refused }) => refused !== undefined);
  const data = { tries };
  const [best] = good.sort((a, b) => a.ms - b.ms);
  if (best) {
    const others = bad.length > 0 ? `; not at ${list(bad.map(({ host }) => host))}` : '';
    const where = tries.length > 1 ? ` at ${best.host}` : '';
    return ok(`connected${where} in ${took(best.ms)}${others}`, data);
  }
  const code = bad[0]?.refused ?? 'TIMEOUT';
  const said = code === 'TIMEOUT' ? `no answer within ${entry.patienceMs / 1_000} s` : code;
  const [reason, fix] = REASONS[code] ?? [said, 'check address, network and firewall'];
  return { ...(await dead(entry, reason, fix, signal)), data };
}

async function tryOne(host: string, { address: { port }, patienceMs }: Entry, signal: AbortSignal): Promise<Try> {
  const began = performance.now();
  const late = AbortSignal.timeout(patienceMs);
  try {
    const socket = await dial({ host, port }, AbortSignal.any([signal, late]));
    socket.destroy();
    return { host, ms: performance.now() - began };
  } catch (thrown) {
    return { host, ms: performance.now() - began, refused: late.aborted ? 'TIMEOUT' : codeOf(thrown) };
  }
}
