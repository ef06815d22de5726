import { type ConnectionOptions, createSecureContext } from 'node:tls';
import { LunchrushError } from '../../errors.ts';
import type { Tls } from '../security.ts';

/** TLS as sockets take it. `hasCertificate`: we have one to show. */
export type TlsOptions = ConnectionOptions & { hasCertificate: boolean };

/** Reading certificates takes milliseconds, and every partition has connections of its own. */
const known = new WeakMap<Tls, TlsOptions>();

/** Makes settings into what sockets take. Throws OPTIONS_WRONG where certificate, key and passphrase do not fit. */
export function tlsOptions(tls: Tls): TlsOptions {
  const made = known.get(tls) ?? make(tls);
  known.set(tls, made);
  return made;
}

function make({ ca, cert, key, passphrase, pfx, servername, rejectUnauthorized, checkHostname }: Tls): TlsOptions {
  const material = {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(passphrase === undefined ? {} : { passphrase }),
    ...(pfx === undefined ? {} : { pfx: Buffer.from(pfx, 'base64') }),
  };
  return {
    secureContext: read(material),
    hasCertificate: cert !== undefined || pfx !== undefined,
    ...(servername === undefined ? {} : { servername }),
    ...(rejectUnauthorized === undefined ? {} : { rejectUnauthorized }),
    ...(checkHostname === false ? { checkServerIdentity: () => undefined } : {}),
  };
}

/** What OpenSSL means, by words of its messages. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [
    /mac verify failure|bad decrypt|bad password|interrupted or cancelled/i,
    'the password of the key is wrong or missing',
  ],
  [/key values mismatch/i, 'the key is not that of the certificate'],
  [
    /no start line|bad end line|not enough data|asn1|decoder|unsupported|wrong tag/i,
    'it is not in a format that can be read',
  ],
];

function read(material: { ca?: string }) {
  try {
    // OpenSSL passes over what it cannot read here, and then knows no authority at all.
    if (material.ca?.includes('-----BEGIN ') === false) throw new Error('no start line');
    return createSecureContext(material);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    const reason = REASONS.find(([words]) => words.test(message))?.[1] ?? message;
    const fix = 'check the files that were given, and the password of the key';
    throw new LunchrushError('OPTIONS_WRONG', `certificate or key for TLS: ${reason}`, { fix, cause });
  }
}
