import { type Finding, fail, ok, warn } from '../check.ts';
import { readMechanisms, SASL_HANDSHAKE, saslHandshakeRequest } from '../wire/sasl-handshake.ts';
import { openWire } from '../wire/wire.ts';
import { harmless, list } from '../words.ts';
import type { Entry } from './entry.ts';
import { codeOf } from './name.ts';

/** No broker knows this mechanism: asking for it makes one list those that it does. */
const NO_MECHANISM = 'NONE';

/** What a listener without log-in answers to a handshake (ILLEGAL_SASL_STATE). */
const NO_LOG_IN = 34;

/** Asks how the listener lets people log in, and whether the way that was asked for is among them. */
export async function askMechanisms(entry: Entry, signal: AbortSignal): Promise<Finding> {
  const wanted = entry.connection.sasl?.mechanism.toUpperCase();
  const offered = await offeredBy(entry, wanted ?? NO_MECHANISM, signal);
  if (!offered) {
    if (!wanted) return ok('no log-in is asked for');
    return fail('no log-in is asked for at this port', 'leave out --sasl, or dial the port of a SASL listener');
  }
  const data = { offered, wanted };
  const names = list(offered.map(harmless));
  if (!wanted)
    return fail(`a log-in is asked for, by ${names}`, `say which with --sasl, and who with --sasl-username`, data);
  if (!offered.includes(wanted))
    return fail(`${wanted} is not offered, only ${names}`, 'choose one of them with --sasl', data);
  const rest = offered.filter((name) => name !== wanted);
  const found = `${wanted} is offered${rest.length > 0 ? `, and ${list(rest.map(harmless))}` : ''}`;
  if (isReadable(entry, wanted)) {
    return warn(`${found}; the secret goes over the network in plain text`, 'use TLS, or SCRAM', data);
  }
  return ok(found, data);
}

/** The mechanisms; undefined where nobody is asked to log in. */
async function offeredBy(entry: Entry, mechanism: string, signal: AbortSignal): Promise<string[] | undefined> {
  if (!entry.served?.apis.has(SASL_HANDSHAKE.key)) return undefined;
  const wire = await openWire(entry.address, signal, entry.tls);
  try {
    const { errorCode, mechanisms } = readMechanisms(await wire.ask(saslHandshakeRequest(mechanism), signal));
    return errorCode === NO_LOG_IN ? undefined : mechanisms;
  } catch (thrown) {
    signal.throwIfAborted();
    // Some listeners without log-in hang up on whoever asks.
    if (codeOf(thrown) === 'ECONNRESET') return undefined;
    throw thrown;
  } finally {
    wire.close();
  }
}

const LOOPBACK = /^(127\.|::1$)/;

function isReadable({ tls, found = [] }: Entry, mechanism: string): boolean {
  return !tls && !mechanism.startsWith('SCRAM') && !found.every((address) => LOOPBACK.test(address));
}
