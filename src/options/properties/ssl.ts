import { readBytes } from '../files.ts';
import { blocksOf, commandToPem, type PemKind } from '../pem.ts';
import type { Properties } from './account.ts';
import type { PropertyName } from './keys.ts';

const HOST_NAMES = 'ssl.endpoint.identification.algorithm';

/** TLS of a Java client: `ssl.*`. Throws OPTIONS_WRONG where only Java could read a store. */
export function readSsl(properties: Properties): void {
  readTrusted(properties);
  readOwn(properties);
  const algorithm = properties.get(HOST_NAMES);
  if (algorithm === '') properties.say('tlsCheckHostname', 'false', HOST_NAMES);
  else if (algorithm !== undefined && algorithm.toLowerCase() !== 'https') {
    throw properties.fault(HOST_NAMES, 'has to be https, or empty for any host name');
  }
}

/** `ssl.truststore.*`: the authorities. */
function readTrusted(properties: Properties): void {
  const isPem = isPemType('ssl.truststore.type', properties);
  const inline = 'ssl.truststore.certificates';
  const location = 'ssl.truststore.location';
  properties.get('ssl.truststore.password');
  const path = properties.get(location);
  const certificates = inlinePem(inline, 'CERTIFICATE', isPem, properties);
  if (path !== undefined && !isPem) throw onlyJava(location, path, properties);
  if (path !== undefined) properties.say('tlsCa', path, location);
  if (certificates !== undefined) properties.say('tlsCa', certificates, inline);
}

/** `ssl.keystore.*`: our certificate and its key. */
function readOwn(properties: Properties): void {
  const isPem = isPemType('ssl.keystore.type', properties);
  const location = 'ssl.keystore.location';
  const path = properties.get(location);
  const password = isPem ? 'ssl.key.password' : 'ssl.keystore.password';
  properties.get(isPem ? 'ssl.keystore.password' : 'ssl.key.password');
  if (path !== undefined) {
    for (const name of isPem ? (['tlsCert', 'tlsKey'] as const) : (['tlsKeystore'] as const)) {
      properties.say(name, path, location);
    }
  }
  const chain = 'ssl.keystore.certificate.chain';
  properties.say('tlsCert', inlinePem(chain, 'CERTIFICATE', isPem, properties), chain);
  properties.say('tlsKey', inlinePem('ssl.keystore.key', 'PRIVATE KEY', isPem, properties), 'ssl.keystore.key');
  properties.say('tlsKeyPassword', properties.get(password), password);
}

/** PEM that stands in the file itself. */
function inlinePem(key: PropertyName, kind: PemKind, isPem: boolean, properties: Properties): string | undefined {
  const text = properties.get(key);
  if (text === undefined) return undefined;
  if (!isPem) throw properties.fault(key, `needs ${key.split('.', 2).join('.')}.type=PEM`);
  const blocks = blocksOf(text, kind);
  if (blocks.length === 0) throw properties.fault(key, `has to begin with -----BEGIN ${kind}-----`);
  return blocks.join('');
}

/** JKS where nothing is said, as in Kafka; Java opens PKCS12 by that name, too. */
function isPemType(key: PropertyName, properties: Properties): boolean {
  const type = (properties.get(key) ?? 'JKS').toUpperCase();
  if (['JKS', 'PKCS12', 'PEM'].includes(type)) return type === 'PEM';
  throw properties.fault(key, 'has to be PEM here, or PKCS12 for our own certificate');
}

function onlyJava(key: PropertyName, path: string, properties: Properties): Error {
  const bytes = readBytes(path, `${key} in ${properties.path}`);
  const command = commandToPem(path, bytes, 'CERTIFICATE');
  const then = 'set ssl.truststore.type=PEM';
  return properties.fault(
    key,
    `names a trust store in a form that only Java reads: ${path}`,
    command ? `make PEM of it: ${command}; then ${then} and ssl.truststore.location=ca.pem` : then,
  );
}
