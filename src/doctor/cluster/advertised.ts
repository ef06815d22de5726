import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Entry } from '../address/entry.ts';
import { codeOf } from '../address/name.ts';
import { askServed } from '../address/versions.ts';
import { type Finding, fail, ok, warn } from '../check.ts';
import { type Address, addressText } from '../wire/dial.ts';
import { harmless, list, many } from '../words.ts';
import { type ClusterKnown, learned, wayIn } from './cluster.ts';

/** So long each broker may take; all are asked at once. */
const PATIENCE_MS = 3_000;

const SET_IT =
  'set advertised.listeners of the broker to an address that this machine reaches (with Docker: the published port)';

type Reached = { id: number; address: Address; why?: string; foreign: boolean };

/**
 * Dials every broker where the cluster says it is: clients do all their work there, whatever address they began with.
 * That an address is only good inside the cluster's own network is the classic mistake with containers.
 */
export async function reachAdvertised(known: ClusterKnown, signal: AbortSignal): Promise<Finding> {
  const { brokers } = learned(known.seen, 'the cluster');
  const entry = wayIn(known);
  const tries = await Promise.all(brokers.map(({ id, host, port }) => tryOne(id, { host, port }, entry, signal)));
  const data = { brokers: tries.map(({ id, address, why }) => ({ id, ...address, reached: why === undefined, why })) };
  const lost = tries.filter(({ why }) => why !== undefined);
  if (lost.length > 0) {
    const each = lost.map(({ id, address, why }) => `broker ${id} at ${harmless(addressText(address))} (${why})`);
    const isDown = lost.some(({ why }) => why === NOTHING_LISTENS);
    const fix = isDown ? `start the broker if it is down; if it runs, ${SET_IT}` : SET_IT;
    return fail(`the cluster sends us where we cannot get: ${list(each)}`, fix, data);
  }
  const foreign = tries.find(({ foreign }) => foreign);
  if (foreign) {
    const where = harmless(addressText(foreign.address));
    return warn(`broker ${foreign.id} is said to be at ${where}, which is this very machine`, SET_IT, data);
  }
  const all = list(
    tries.map(({ id, address }) => `${id} at ${harmless(addressText(address))}`),
    4,
  );
  return ok(`${many(tries.length, 'broker')} reached where they say: ${all}`, data);
}

async function tryOne(id: number, address: Address, entry: Entry, signal: AbortSignal): Promise<Reached> {
  const foreign = isLoopback(address.host) && !entry.found?.some(isLoopback);
  const late = AbortSignal.timeout(PATIENCE_MS);
  const stop = AbortSignal.any([signal, late]);
  try {
    if (!isIP(address.host)) await lookup(address.host);
    await askServed({ address, ...(entry.tls ? { tls: entry.tls } : {}) }, stop);
    return { id, address, foreign };
  } catch (thrown) {
    signal.throwIfAborted();
    return { id, address, foreign, why: late.aborted ? 'no answer' : reasonOf(thrown) };
  }
}

const NOTHING_LISTENS = 'nothing listens there';

/** What people call a failed dial, by Node's code. */
const REASONS: Record<string, string> = {
  ENOTFOUND: 'the name is not known here',
  EAI_AGAIN: 'the name cannot be looked up',
  ECONNREFUSED: NOTHING_LISTENS,
  ECONNRESET: 'it cut the connection',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no way to it',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};

function reasonOf(thrown: unknown): string {
  const code = codeOf(thrown);
  return REASONS[code] ?? harmless(code);
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}
