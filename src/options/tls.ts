import { X509Certificate } from 'node:crypto';
import type { Security } from '../options.ts';
import { defined } from './defined.ts';
import type { Given } from './given.ts';
import { type Material, type Password, placeOf, readCertificates, readKeystore, readPrivateKey } from './material.ts';
import { refuse } from './refuse.ts';

type Ssl = NonNullable<Security['ssl']>;

const PARTS = ['tlsCa', 'tlsCert', 'tlsKey', 'tlsServername', 'tlsKeystore'] as const;

/** TLS as the settings want it, undefined where they do not. Throws OPTIONS_WRONG with place, file and reason. */
export function tlsOf(given: Given): Ssl | undefined {
  const { settings } = given;
  if (settings.tls === false) return undefined;
  if (!settings.tls && !PARTS.some((name) => settings[name] !== undefined)) return undefined;
  const ca = materialOf('tlsCa', given);
  return {
    ...(ca ? { ca: readCertificates(ca).join('') } : {}),
    ...ownCertificate(given),
    ...defined({ servername: settings.tlsServername }),
    ...(settings.tlsCheckHostname === false ? { checkHostname: false } : {}),
  };
}

/** Our certificate and its key, as PEM or in a PKCS12 store, whichever was said first. */
function ownCertificate(given: Given): Pick<Ssl, 'cert' | 'key' | 'pfx' | 'passphrase'> {
  const cert = materialOf('tlsCert', given);
  const key = materialOf('tlsKey', given);
  const store = materialOf('tlsKeystore', given);
  const password = passwordOf(given);
  if (store && !(cert && cert.said.rank < store.said.rank)) {
    return { pfx: readKeystore(store, password), ...defined({ passphrase: password?.text }) };
  }
  if (!cert && !key) return {};
  if (!cert) throw refuse(`${key?.said.says} needs the certificate of that key: add --tls-cert`);
  if (!key) throw refuse(`${cert.said.says} needs the private key of that certificate: add --tls-key`);
  return pair(cert, key, password);
}

function pair(cert: Material, key: Material, password: Password): Pick<Ssl, 'cert' | 'key' | 'passphrase'> {
  const chain = readCertificates(cert);
  const { pem, opened, passphrase } = readPrivateKey(key, password);
  if (!new X509Certificate(chain[0] ?? '').checkPrivateKey(opened)) {
    throw refuse(`the private key in ${placeOf(key)} is not that of the first certificate in ${placeOf(cert)}`);
  }
  return { cert: chain.join(''), key: pem, ...defined({ passphrase }) };
}

function materialOf(name: 'tlsCa' | 'tlsCert' | 'tlsKey' | 'tlsKeystore', { settings, said }: Given) {
  const value = settings[name];
  const by = said[name];
  return value === undefined || by === undefined ? undefined : { value, said: by };
}

function passwordOf({ settings, said }: Given): Password {
  const text = settings.tlsKeyPassword;
  return text === undefined ? undefined : { text, says: said.tlsKeyPassword?.says ?? '' };
}
