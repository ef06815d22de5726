import { getProperties } from 'properties-file';
import { readBytes } from '../files.ts';
import type { Source } from '../given.ts';
import { refuse } from '../refuse.ts';
import { accountOf, type Properties } from './account.ts';
import { readSasl } from './sasl.ts';
import { readSsl } from './ssl.ts';

const PROTOCOL = 'security.protocol';
const PROTOCOLS = ['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'];

/**
 * Settings from a Java client's properties file, as Kafka's own tools take it with --command-config, and notes about what
 * in it has no effect here. Throws OPTIONS_WRONG with file and key, never with a value that may be secret.
 */
export function propertiesSource(path: string, says: string): { source: Source; notes: string[] } {
  const properties = accountOf(path, parse(path, says));
  const addresses = properties.get('bootstrap.servers');
  properties.say('brokers', addresses?.replaceAll(/\w+:\/\//g, ''), 'bootstrap.servers');
  const notes = readSecurity(properties);
  return { source: { kind: 'properties', find: (name) => properties.sayings.get(name) }, notes };
}

function readSecurity(properties: Properties): string[] {
  const said = properties.get(PROTOCOL);
  const protocol = (said ?? 'PLAINTEXT').toUpperCase();
  if (!PROTOCOLS.includes(protocol)) throw properties.fault(PROTOCOL, `has to be one of ${PROTOCOLS.join(', ')}`);
  if (said !== undefined) properties.say('tls', String(protocol.endsWith('SSL')), PROTOCOL);
  if (protocol.endsWith('SSL')) readSsl(properties);
  if (protocol.startsWith('SASL')) readSasl(properties);
  const idle = properties.unasked(['ssl.', 'sasl.', 'security.']);
  if (idle.length === 0) return [];
  const because = said === undefined ? `, because ${PROTOCOL} is not set` : '';
  return [`${idle.join(', ')} in ${properties.path} ${idle.length > 1 ? 'have' : 'has'} no effect here${because}`];
}

function parse(path: string, says: string): Map<string, string> {
  // Java reads these files byte by byte, each byte a character.
  const text = readBytes(path, says).toString('latin1');
  const lines = text.split(/\r\n|\n|\r/);
  const broken = lines.findIndex((line) => /^(?:[^\\]|\\[^u])*\\u(?![\da-fA-F]{4})/.test(line));
  if (broken >= 0)
    throw refuse(
      `${path}:${broken + 1}: behind \\u four hexadecimal digits have to stand`,
      'write \\\\ for a backslash',
    );
  return new Map(Object.entries(getProperties(text)));
}
