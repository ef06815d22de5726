import { type Finding, fail, ok } from '../check.ts';
import { dialTls } from '../wire/dial.ts';
import { harmless } from '../words.ts';
import { expectedHost, judgeCertificate } from './certificate.ts';
import type { Entry } from './entry.ts';
import { codeOf } from './name.ts';
import { speaksPlainly } from './other-way.ts';

/** Shakes hands in TLS, if TLS is wished, and looks at the certificate, whether or not it is trusted. */
export async function shakeHands(entry: Entry, signal: AbortSignal): Promise<Finding> {
  const { tls, address } = entry;
  if (!tls) return ok('not asked for: plain text');
  const late = AbortSignal.timeout(entry.patienceMs);
  try {
    const stop = AbortSignal.any([signal, late]);
    const socket = await dialTls(address, stop, { ...tls, rejectUnauthorized: false });
    const refusal = socket.authorizationError as unknown;
    const shown = {
      protocol: socket.getProtocol() ?? 'TLS',
      certificate: socket.getPeerCertificate(),
      refusal: refusal ? codeOf(refusal) : undefined,
    };
    socket.destroy();
    const host = expectedHost(address.host, tls.servername);
    const isChecked = tls.rejectUnauthorized !== false;
    return judgeCertificate({ ...shown, host, isChecked, now: Date.now() });
  } catch (thrown) {
    signal.throwIfAborted();
    return await explain(entry, late.aborted ? 'TIMEOUT' : codeOf(thrown), signal);
  }
}

/** What a failed handshake means, by the code; alerts are the server's words (RFC 8446, section 6). */
const REASONS: Record<string, [found: string, fix: string]> = {
  TIMEOUT: ['the port takes the connection and then says nothing in TLS', 'check that a broker listens at this port'],
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: ['no version of TLS is spoken by both', 'let the broker speak TLS 1.2 or 1.3'],
  ERR_SSL_UNSUPPORTED_PROTOCOL: ['no version of TLS is spoken by both', 'let the broker speak TLS 1.2 or 1.3'],
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: ['no cipher is known to both', 'compare ssl.cipher.suites of the broker'],
};

async function explain(entry: Entry, code: string, signal: AbortSignal): Promise<Finding> {
  if (await speaksPlainly(entry, signal)) {
    return fail('the port speaks plain text, not TLS', 'leave out --tls, or dial the port of a TLS listener');
  }
  const [found, fix] = REASONS[code] ?? [
    `the handshake failed (${harmless(code)})`,
    'check that a broker with TLS listens at this port',
  ];
  return fail(found, fix);
}
