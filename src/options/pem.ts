import { createPrivateKey, X509Certificate } from 'node:crypto';

/** Texts between BEGIN and END lines, by the kind that those lines name. */
const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END \1-----/g;

/** What we look for in PEM: what the lines around it end with. */
export type PemKind = 'CERTIFICATE' | 'PRIVATE KEY';

/** Whether a value is PEM itself rather than the name of a file. */
export function isPem(value: string): boolean {
  return value.trimStart().startsWith('-----BEGIN ');
}

/**
 * The blocks of one kind, each with lines of its own. As Kafka does, it takes spaces for line ends: a properties file
 * seldom has any in a value.
 */
export function blocksOf(text: string, kind: PemKind): string[] {
  return [...text.matchAll(BLOCK)].flatMap(([whole, label = '', body = '']) => {
    if (label !== kind && !label.endsWith(` ${kind}`)) return [];
    // Headers (of old encrypted keys) have their meaning by lines.
    if (body.includes(':')) return [`${whole}\n`];
    const lines = body.replaceAll(/\s/g, '').match(/.{1,64}/g) ?? [];
    return [[`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')];
  });
}

/** A Java key store in Java's own form. */
export function isJks(bytes: Buffer): boolean {
  return bytes.length >= 4 && bytes.readUInt32BE(0) === 0xfe_ed_fe_ed;
}

/** A sequence in the distinguished encoding: a certificate, a key, or a PKCS12 store. */
function isDer(bytes: Buffer): boolean {
  return bytes[0] === 0x30 && (bytes[1] ?? 0) >= 0x80;
}

function opens(open: () => unknown): boolean {
  try {
    open();
    return true;
  } catch {
    return false;
  }
}

/** The command that makes PEM of a file in another form, undefined where the file is none that we know. */
export function commandToPem(path: string, bytes: Buffer, kind: PemKind): string | undefined {
  const file = quoted(path);
  if (isJks(bytes)) {
    return kind === 'CERTIFICATE'
      ? `keytool -list -rfc -keystore ${file} > ca.pem`
      : `keytool -importkeystore -srckeystore ${file} -destkeystore client.p12 -deststoretype PKCS12 && openssl pkcs12 -in client.p12 -nodes -out client.pem`;
  }
  if (!isDer(bytes)) return undefined;
  if (kind === 'CERTIFICATE') {
    const one = opens(() => new X509Certificate(bytes));
    return one ? `openssl x509 -inform der -in ${file} -out ca.pem` : `openssl pkcs12 -in ${file} -nokeys -out ca.pem`;
  }
  const key = opens(() => createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8' }));
  return key
    ? `openssl pkey -inform der -in ${file} -out key.pem`
    : `openssl pkcs12 -in ${file} -nodes -out client.pem`;
}

function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
