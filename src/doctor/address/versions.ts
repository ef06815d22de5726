import { type Finding, fail, ok } from '../check.ts';
import { apiVersionsRequest, readApiVersions, type Served } from '../wire/api-versions.ts';
import { Malformed } from '../wire/bytes.ts';
import { NotKafka, openWire, type Wire } from '../wire/wire.ts';
import { harmless, list, many } from '../words.ts';
import type { Entry } from './entry.ts';
import { codeOf } from './name.ts';
import { speaksTls } from './other-way.ts';
import { missingApis, NEEDED, softwareOf } from './software.ts';

/** Asks which requests the broker speaks, in which versions. Brokers answer this before any log-in. */
export async function askVersions(entry: Entry, signal: AbortSignal): Promise<Finding> {
  const late = AbortSignal.timeout(entry.patienceMs);
  try {
    entry.served = await askServed(entry, AbortSignal.any([signal, late]));
  } catch (thrown) {
    signal.throwIfAborted();
    return await explain(entry, thrown, late.aborted, signal);
  }
  return judgeServed(entry.served);
}

/** Asks a broker what it serves. Rejects with what broke the connection, NotKafka or Malformed. */
export async function askServed(
  { address, tls }: Pick<Entry, 'address' | 'tls'>,
  signal: AbortSignal,
): Promise<Served> {
  const wire = await openWire(address, signal, tls);
  try {
    return (await askIn(wire, 3, signal)) ?? (await askIn(wire, 0, signal)) ?? never();
  } finally {
    wire.close();
  }
}

async function askIn(wire: Wire, version: 0 | 3, signal: AbortSignal): Promise<Served | undefined> {
  return readApiVersions(await wire.ask(apiVersionsRequest(version), signal), version);
}

function never(): never {
  throw new Malformed('it does not say what it serves');
}

/** Whether all is served that we ask for, and what the broker looks like. */
export function judgeServed(served: Served): Finding {
  const missing = missingApis(served);
  const software = softwareOf(served);
  const data = { apis: served.apis.size, missing, software };
  const like = software ? `; like ${software}` : '';
  if (missing.length === 0) return ok(`all ${many(NEEDED.length, 'request')} that we make are spoken${like}`, data);
  return fail(`not spoken in a version that we know: ${list(missing)}${like}`, 'use Apache Kafka 1.0 or newer', data);
}

/** TLS 1.3 servers refuse a missing certificate only after the handshake, with an alert (RFC 8446, section 4.4.2.4). */
const CERTIFICATE_WANTED = /CERTIFICATE_REQUIRED|BAD_CERTIFICATE|HANDSHAKE_FAILURE/;

async function explain(entry: Entry, thrown: unknown, isLate: boolean, signal: AbortSignal): Promise<Finding> {
  const { tls } = entry;
  const code = codeOf(thrown);
  if (!tls && (await speaksTls(entry, signal))) {
    return fail('the port speaks TLS, and plain text was asked for', 'add --tls, with --tls-ca FILE for its authority');
  }
  if (tls && CERTIFICATE_WANTED.test(code)) {
    const fix = tls.hasCertificate ? 'check --tls-cert and --tls-key' : 'give one with --tls-cert and --tls-key';
    return fail('the broker does not accept us without a certificate that it trusts', fix);
  }
  const checkPort = 'check that a Kafka broker listens at this port';
  if (isLate) return fail('the port takes the connection and then says nothing', checkPort);
  if (thrown instanceof NotKafka || thrown instanceof Malformed)
    return fail('something else than Kafka answers', checkPort);
  if (code === 'ECONNRESET' || code === 'EPIPE') return fail('the connection is closed when we ask', checkPort);
  return fail(`asking failed (${harmless(code)})`, checkPort);
}
