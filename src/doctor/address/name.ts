import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { type Finding, ok } from '../check.ts';
import { list, took } from '../words.ts';
import { dead } from './dead.ts';
import type { Entry } from './entry.ts';

const KNOW_IT = 'check the spelling, or make the name known to this machine (DNS, /etc/hosts)';

/** What people call a failed look-up, by Node's code. */
const REASONS: Record<string, string> = {
  ENOTFOUND: 'is not known here',
  EAI_AGAIN: 'cannot be looked up at the moment: the name server does not answer',
};

/** Looks the name up, as every client does before it connects. */
export async function lookUp(entry: Entry, signal: AbortSignal): Promise<Finding> {
  const { host } = entry.address;
  if (isIP(host)) {
    entry.found = [host];
    return ok('an IP address, nothing to look up');
  }
  const began = performance.now();
  try {
    const found = await lookup(host, { all: true });
    entry.found = [...new Set(found.map(({ address }) => address))];
    const ms = performance.now() - began;
    return ok(`${list(entry.found)}, in ${took(ms)}`, { addresses: entry.found, ms });
  } catch (thrown) {
    const code = codeOf(thrown);
    return dead(entry, `the name ${host} ${REASONS[code] ?? `cannot be looked up (${code})`}`, KNOW_IT, signal);
  }
}

/** The system's code of a failed call, or what it says. */
export function codeOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  return 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : thrown.message;
}
