import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Refusal } from './problem.ts';

/** Who may ask: where the door is, and whether it wants a token. */
export type Guarding = { host: string; token?: string };

/** What of a request is looked at; `open` routes are answered without a token. */
export type Caller = { method: string; headers: IncomingHttpHeaders; open: boolean };

/** Whether only this machine can reach a host. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** Judges each request before anything of it is read. What comes back throws a Refusal. */
export function createGuard({ host, token }: Guarding): (caller: Caller) => void {
  const wanted = token === undefined ? undefined : digest(token);
  const checksHost = wanted === undefined && isLoopback(host);
  return ({ method, headers, open }) => {
    if (checksHost) refuseForeignHost(headers.host);
    if (method !== 'GET' && method !== 'HEAD') refuseForeignOrigin(headers);
    if (wanted && !open) refuseStranger(headers.authorization, wanted);
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** A page of somebody else's whose name was made to point here asks with that name. */
function refuseForeignHost(host: string | undefined): void {
  // Only clients before HTTP/1.1 leave it out; browsers are none of them.
  if (host === undefined || isLoopback(nameOf(host))) return;
  throw new Refusal(421, `this is not ${host}: ask for localhost, or start with a token`);
}

function nameOf(host: string): string {
  return host
    .replace(/:\d*$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();
}

/** A page of somebody else's must not do anything here: browsers say whose page it is. */
function refuseForeignOrigin({ origin, host }: IncomingHttpHeaders): void {
  if (origin === undefined) return;
  const ours = [`http://${host}`, `https://${host}`];
  if (!ours.includes(origin)) throw new Refusal(403, `pages of ${origin} may not do anything here`);
}

/** Digests are of one length, and comparing them takes the same time wherever they differ. */
function refuseStranger(authorization: string | undefined, wanted: Buffer): void {
  const given = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
  if (given !== undefined && timingSafeEqual(digest(given), wanted)) return;
  const detail = given === undefined ? 'this needs a token: Authorization: Bearer TOKEN' : 'this is not the token';
  throw new Refusal(401, detail, { headers: { 'www-authenticate': 'Bearer realm="lunchrush"' } });
}
