import { isIPv4, isIPv6 } from 'node:net';
import type { HttpOptions } from '../options.ts';
import { defined } from './defined.ts';
import type { Given } from './given.ts';
import { refuse } from './refuse.ts';
import { secretOf } from './secret-file.ts';

/**
 * Where the HTTP doors listen, and notes about what is risky or has no effect. Throws OPTIONS_WRONG where other hosts
 * could command the pipeline without a token and nobody said that they may, unless it is left `unchecked`.
 */
export function httpOptions(
  given: Given,
  how: 'checked' | 'unchecked' = 'checked',
): { http: HttpOptions; notes: string[] } {
  const {
    httpHost: host = '127.0.0.1',
    ordersPort = 8000,
    analyticsPort = 8002,
    insecureHttp = false,
  } = given.settings;
  const token = secretOf('httpToken', 'httpTokenFile', given);
  const http = { host, ordersPort, analyticsPort, insecure: insecureHttp, ...defined({ token }) };
  if (how === 'unchecked') return { http, notes: [] };
  if (ordersPort === analyticsPort && ordersPort !== 0) {
    throw refuse(
      `the orders API and the analytics API cannot both have port ${ordersPort}`,
      'give one of them another port',
    );
  }
  return { http, notes: risk(http, given) };
}

function risk({ host, token, insecure }: HttpOptions, { said }: Given): string[] {
  const says = said.insecureHttp?.says ?? '--insecure-http';
  if (isLoopback(host)) return insecure ? [`${says} has no effect: ${host} is this machine alone`] : [];
  if (token !== undefined) return insecure ? [`${says} has no effect: every call must bring the token`] : [];
  if (insecure) return [`HTTP on ${host} asks for no token (${says}): whoever reaches it can command the pipeline`];
  throw refuse(
    `${said.httpHost?.says ?? '--http-host'}: without a token whoever reaches ${host} could command the pipeline`,
    'set LUNCHRUSH_HTTP_TOKEN or --http-token-file, or allow it with --insecure-http',
  );
}

/** Only programs of this machine reach it. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  if (isIPv4(bare)) return bare.startsWith('127.');
  return isIPv6(bare) ? /^(0*:)*:?0*1$/.test(bare) : bare === 'localhost';
}
