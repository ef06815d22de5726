import { createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';

/** A certificate with its private key, both as PEM texts. */
export type Certificate = { cert: string; key: string };

/** Whom a certificate is for. */
export type Subject = {
  /** Its common name; Kafka's user where a client shows it. */
  name: string;
  /** Host names and IP addresses that it stands for. */
  hosts?: readonly string[];
  /** The last millisecond of its life (in a year); its first lies a year before that. */
  until?: number;
};

/** An authority that signs certificates. `ca` is its own, as clients are to trust it. */
export type Authority = { readonly ca: string; issue(subject: Subject): Certificate };

const YEAR_MS = 365 * 86_400_000;
const ECDSA_SHA256 = '1.2.840.10045.4.3.2';

/** One value of ASN.1 in its distinguished encoding: tag, length, content. */
function der(tag: number, ...contents: Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...items: Buffer[]) => der(0x30, ...items);
const octets = (content: Buffer) => der(0x04, content);
const bits = (content: Buffer) => der(0x03, Buffer.from([0]), content);
const TRUE = der(0x01, Buffer.from([255]));

function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const part of rest) {
    const groups = [part & 127];
    for (let left = part >> 7; left > 0; left >>= 7) groups.unshift((left & 127) | 128);
    bytes.push(...groups);
  }
  return der(0x06, Buffer.from(bytes));
}

function time(at: number): Buffer {
  const digits = new Date(at).toISOString().replace(/[-:T]|\.\d+/g, '');
  return der(0x18, Buffer.from(digits));
}

const nameOf = (name: string) => sequence(der(0x31, sequence(objectId('2.5.4.3'), der(0x0c, Buffer.from(name)))));

function alternative(host: string): Buffer {
  return isIP(host) ? der(0x87, Buffer.from(host.split('.').map(Number))) : der(0x82, Buffer.from(host));
}

/** X.509's extensions: whether it may sign others, and the hosts it stands for. */
function extensions(isAuthority: boolean, hosts: readonly string[]): Buffer {
  const basic = sequence(objectId('2.5.29.19'), TRUE, octets(sequence(...(isAuthority ? [TRUE] : []))));
  const names = sequence(objectId('2.5.29.17'), octets(sequence(...hosts.map(alternative))));
  return der(0xa3, sequence(basic, ...(hosts.length > 0 ? [names] : [])));
}

type Signer = { name: string; key: KeyObject };

/** Layout: RFC 5280, section 4.1. */
function certify(subject: Subject, publicKey: KeyObject, by: Signer, isAuthority: boolean): string {
  const { name, hosts = [], until = Date.now() + YEAR_MS } = subject;
  const algorithm = sequence(objectId(ECDSA_SHA256));
  const version = der(0xa0, der(0x02, Buffer.from([2])));
  const serial = der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)]));
  const life = sequence(time(until - 2 * YEAR_MS), time(until));
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const parts = [version, serial, algorithm, nameOf(by.name), life, nameOf(name), spki, extensions(isAuthority, hosts)];
  const unsigned = sequence(...parts);
  const signed = sequence(unsigned, algorithm, bits(sign('sha256', unsigned, by.key)));
  const lines = signed.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

function newKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
}

const pemOf = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }).toString();

/** A new authority with a key of its own: Node can sign, so that tests of TLS need no other program. */
export function createAuthority(name = 'Lunchrush test authority'): Authority {
  const own: Signer = { name, key: newKey() };
  return {
    ca: certify({ name }, createPublicKey(own.key), own, true),
    issue(subject) {
      const key = newKey();
      return { cert: certify(subject, createPublicKey(key), own, false), key: pemOf(key) };
    },
  };
}

/** A certificate that only vouches for itself. */
export function selfSigned(subject: Subject): Certificate {
  const key = newKey();
  return { cert: certify(subject, createPublicKey(key), { name: subject.name, key }, false), key: pemOf(key) };
}
