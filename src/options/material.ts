import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { readBytes } from './files.ts';
import type { Said } from './given.ts';
import { blocksOf, commandToPem, isJks, isPem, type PemKind } from './pem.ts';
import { refuse } from './refuse.ts';

/** A value that is PEM or names a file, and who said it. */
export type Material = { value: string; said: Said };

/** A private key as PEM, and opened. `passphrase` is there if it is encrypted. */
export type PrivateKey = { pem: string; opened: KeyObject; passphrase?: string };

/** What opens a key or a store, and who said it. */
export type Password = { text: string; says: string } | undefined;

/** Every certificate as PEM, each looked at. Throws OPTIONS_WRONG. */
export function readCertificates(material: Material): string[] {
  const blocks = readBlocks(material, 'CERTIFICATE');
  for (const [i, block] of blocks.entries()) {
    try {
      new X509Certificate(block);
    } catch {
      throw refuse(`${material.said.says}: certificate ${i + 1} in ${placeOf(material)} is damaged`);
    }
  }
  return blocks;
}

/** The first private key, opened. Throws OPTIONS_WRONG where it is not there, not whole or not opened by the password. */
export function readPrivateKey(material: Material, password: Password): PrivateKey {
  const { value, said } = material;
  if (isPem(value) && (said.source === 'argv' || said.source === 'file')) {
    throw refuse(`${said.says}: a key itself does not belong there`, 'put it into a file of its own and name that');
  }
  const [pem = ''] = readBlocks(material, 'PRIVATE KEY');
  const place = placeOf(material);
  const encrypted = /ENCRYPTED/.test(pem);
  if (encrypted && !password) {
    throw refuse(`${said.says}: the private key in ${place} is encrypted`, 'set LUNCHRUSH_TLS_KEY_PASSWORD');
  }
  const passphrase = encrypted && password ? { passphrase: password.text } : {};
  try {
    return { pem, opened: createPrivateKey({ key: pem, ...passphrase }), ...passphrase };
  } catch {
    throw refuse(
      encrypted
        ? `${password?.says} does not open the private key in ${place}`
        : `${said.says}: the private key in ${place} is damaged`,
    );
  }
}

/** A PKCS12 store in base64, opened once to see that it can be. Throws OPTIONS_WRONG. */
export function readKeystore({ value, said }: Material, password: Password): string {
  const pfx = readBytes(value, said.says);
  try {
    createSecureContext({ pfx, ...(password ? { passphrase: password.text } : {}) });
  } catch (error) {
    if (error instanceof Error && /mac verify/.test(error.message)) {
      throw refuse(`${password?.says ?? 'an empty password'} does not open ${value}`);
    }
    throw refuse(...unreadable(value, pfx, said.says));
  }
  return pfx.toString('base64');
}

function unreadable(path: string, pfx: Buffer, says: string): [sentence: string, fix: string] {
  const advice = toPem(path, pfx, 'PRIVATE KEY', 'ssl.keystore.type=PEM');
  if (isJks(pfx)) return [`${says}: ${path} is a JKS store, which only Java can read`, advice];
  // Java before 16 wrote ciphers that OpenSSL reads only when it is told to.
  const told = advice.replace('openssl pkcs12 -in', 'openssl pkcs12 -legacy -in');
  return [`${says}: ${path} is no PKCS12 store that can be read here`, told];
}

/** Where a material is, for people. */
export function placeOf({ value, said }: Material): string {
  return isPem(value) ? said.says : value;
}

const NOUN: Record<PemKind, string> = { CERTIFICATE: 'certificate', 'PRIVATE KEY': 'private key' };

function readBlocks(material: Material, kind: PemKind): string[] {
  const { value, said } = material;
  const bytes = isPem(value) ? Buffer.from(value) : readBytes(value, said.says);
  const blocks = blocksOf(bytes.toString('utf8'), kind);
  if (blocks.length > 0) return blocks;
  const sentence = `${said.says}: there is no ${NOUN[kind]} in PEM form in ${placeOf(material)}`;
  throw refuse(sentence, toPem(value, bytes, kind));
}

function toPem(path: string, bytes: Buffer, kind: PemKind, also?: string): string {
  const command = commandToPem(path, bytes, kind);
  const then = also ? `, and set ${also}` : '';
  return command === undefined ? `it has to begin with -----BEGIN ${kind}-----` : `make PEM of it: ${command}${then}`;
}
