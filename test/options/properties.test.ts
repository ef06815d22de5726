import fc from 'fast-check';
import { escapeValue } from 'properties-file/escape';
import { describe, expect, test } from 'vitest';
import type { Security } from '../../src/options.ts';
import { folderOf } from './files.ts';
import { read, refusal } from './read.ts';

const SCRAM = 'org.apache.kafka.common.security.scram.ScramLoginModule';
const PLAIN = 'org.apache.kafka.common.security.plain.PlainLoginModule';
const OAUTH = 'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule';
const ADDRESS = 'bootstrap.servers=k:9093';

/** What a properties file makes of a pipeline: its security and the notes about it. */
function taken(lines: readonly string[]): { security: Security | undefined; notes: string[] } {
  const { at } = folderOf({ 'p.properties': lines.join('\n') });
  const options = read(['--command-config', at('p.properties')]);
  if (options.mode !== 'console') throw new Error('no console');
  const notes = options.notes.map((note) => note.replaceAll(at('p.properties'), 'FILE'));
  return { security: options.security, notes };
}

function refused(lines: readonly string[], files: Record<string, string | Buffer> = {}): string | undefined {
  const { folder } = folderOf(files);
  const { at: own } = folderOf({ 'p.properties': lines.join('\n').replaceAll('DIR', folder) });
  return refusal(['--command-config', own('p.properties')])
    ?.replaceAll(own('p.properties'), 'FILE')
    .replaceAll(folder, 'DIR');
}

describe("a Java client's properties file", () => {
  test('says addresses, protocol, mechanism and user', () => {
    const lines = [
      'bootstrap.servers=SASL_SSL://a:1, b:2',
      'security.protocol = sasl_ssl',
      'sasl.mechanism: SCRAM-SHA-512',
      `sasl.jaas.config=${SCRAM} required \\`,
      '    username="alice" password="a\\"b";',
    ];
    const { at } = folderOf({ 'p.properties': lines.join('\r\n').replace('a\\"b', 'a\\\\"b') });
    expect(read(['--command-config', at('p.properties')])).toMatchObject({
      brokers: ['a:1', 'b:2'],
      security: { ssl: {}, sasl: { mechanism: 'scram-sha-512', username: 'alice', password: 'a"b' } },
      notes: [],
    });
  });

  test('gives back any name and password that Java would read from it', () => {
    const value = fc.string({ minLength: 1, unit: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }) });
    const java = (text: string) =>
      text.replaceAll(/["\\\n\r]/g, (sign) => ({ '\n': '\\n', '\r': '\\r' })[sign] ?? `\\${sign}`);
    fc.assert(
      fc.property(value, value, (username, password) => {
        const jaas = `${PLAIN} required username="${java(username)}" password="${java(password)}";`;
        const lines = [ADDRESS, 'security.protocol=SASL_SSL', 'sasl.mechanism=PLAIN'];
        const { security } = taken([...lines, `sasl.jaas.config=${escapeValue(jaas, true)}`]);
        expect(security?.sasl).toEqual({ mechanism: 'plain', username, password });
      }),
      { numRuns: 30 },
    );
  });

  test('is read byte by byte, as Java does', () => {
    const jaas = `sasl.jaas.config=${PLAIN} required username="a" password="\u00fc";`;
    const lines = [ADDRESS, 'security.protocol=SASL_SSL', 'sasl.mechanism=PLAIN', jaas];
    const { at } = folderOf({ 'p.properties': Buffer.from(lines.join('\n'), 'latin1') });
    expect(read(['--command-config', at('p.properties')])).toMatchObject({
      security: { sasl: { password: '\u00fc' } },
    });
  });

  test('can let host names be, and says what has no effect', () => {
    const lines = [ADDRESS, 'security.protocol=SSL', 'ssl.endpoint.identification.algorithm='];
    expect(taken([...lines, 'ssl.protocol=TLSv1.3', 'client.id=x', 'sasl.mechanism=PLAIN'])).toEqual({
      security: { ssl: { checkHostname: false } },
      notes: ['ssl.protocol, sasl.mechanism in FILE have no effect here'],
    });
  });

  test('without a protocol is in plain text, as for Kafka, and that is said', () => {
    expect(taken([ADDRESS, 'ssl.truststore.location=/x', 'acks=all'])).toEqual({
      security: undefined,
      notes: ['ssl.truststore.location in FILE has no effect here, because security.protocol is not set'],
    });
  });

  test('has tokens fetched by client credentials, in both ways to say them', () => {
    const lines = [ADDRESS, 'security.protocol=SASL_SSL', 'sasl.mechanism=OAUTHBEARER'];
    const url = 'sasl.oauthbearer.token.endpoint.url=https://id/token';
    const endpoint = { url: 'https://id/token', clientId: 'me', clientSecret: 's', scope: 'kafka' };
    const jaas = `sasl.jaas.config=${OAUTH} required clientId="me" clientSecret="s" scope="kafka";`;
    const sasl = { mechanism: 'oauthbearer', endpoint };
    expect(taken([...lines, url, jaas]).security?.sasl).toEqual(sasl);
    const credentials = 'sasl.oauthbearer.client.credentials.client';
    const keys = [`${credentials}.id=me`, `${credentials}.secret=s`, 'sasl.oauthbearer.scope=kafka'];
    expect(taken([...lines, url, ...keys]).security?.sasl).toEqual(sasl);
  });

  test('may name a file with a token', () => {
    const { at } = folderOf({ token: 'abc' });
    const url = `sasl.oauthbearer.token.endpoint.url=file://${at('token')}`;
    const lines = [ADDRESS, 'security.protocol=SASL_SSL', 'sasl.mechanism=OAUTHBEARER', url];
    expect(taken(lines).security?.sasl).toEqual({ mechanism: 'oauthbearer', tokenFile: at('token') });
  });

  const SSL = [ADDRESS, 'security.protocol=SSL'];
  const SASL = [ADDRESS, 'security.protocol=SASL_SSL'];
  const JKS = Buffer.from('feedfeed00000002', 'hex');
  const DER = Buffer.from('3082047202010330', 'hex');

  test.each([
    [['security.protocol=TLS'], 'security.protocol in FILE has to be one of PLAINTEXT, SSL, SASL_PLAINTEXT, SASL_SSL'],
    [['x=\\u12', ...SSL], 'FILE:1: behind \\u four hexadecimal digits have to stand (write \\\\ for a backslash)'],
    [[...SASL], 'sasl.mechanism in FILE is not set, which means Kerberos, and has to be one of PLAIN'],
    [[...SASL, 'sasl.mechanism=GSSAPI'], 'sasl.mechanism in FILE has to be one of PLAIN, SCRAM-SHA-256'],
    [[...SASL, 'sasl.mechanism=PLAIN'], 'SASL plain (sasl.mechanism in FILE) needs a user: add --sasl-username'],
    [
      [...SASL, 'sasl.mechanism=PLAIN', `sasl.jaas.config=${SCRAM} required username="a" password="hunter2";`],
      'sasl.jaas.config in FILE has to name the login module of PLAIN: PlainLoginModule',
    ],
    [
      [...SASL, 'sasl.mechanism=PLAIN', `sasl.jaas.config=${PLAIN} required username=a password=hunter2"`],
      'sasl.jaas.config in FILE is wrong: it has to end with a semicolon',
    ],
    [
      [...SASL, 'sasl.mechanism=SCRAM-SHA-256', `sasl.jaas.config=${SCRAM} required username="a" tokenauth="true";`],
      'sasl.jaas.config in FILE has a delegation token (tokenauth), which is not supported',
    ],
    [
      [...SASL, 'sasl.mechanism=OAUTHBEARER', `sasl.jaas.config=${OAUTH} required unsecuredLoginStringClaim_sub="a";`],
      'sasl.jaas.config in FILE wants tokens without signature, which are not made here',
    ],
    [
      [...SASL, 'sasl.mechanism=OAUTHBEARER', 'sasl.oauthbearer.token.endpoint.url=https://a:hunter2@id/'],
      'sasl.oauthbearer.token.endpoint.url in FILE holds a password',
    ],
    [
      [...SASL, 'sasl.mechanism=OAUTHBEARER', 'sasl.oauthbearer.token.endpoint.url=https://id/'],
      'sasl.oauthbearer.token.endpoint.url in FILE needs a clientId and a clientSecret in sasl.jaas.config',
    ],
    [
      [...SSL, 'ssl.truststore.location=DIR/t.jks', 'ssl.truststore.password=hunter2'],
      'names a trust store in a form that only Java reads: DIR/t.jks (make PEM of it: keytool -list -rfc -keystore DIR/t.jks > ca.pem; then set ssl.truststore.type=PEM and ssl.truststore.location=ca.pem)',
    ],
    [
      [...SSL, 'ssl.truststore.type=PKCS12', 'ssl.truststore.location=DIR/t.p12'],
      '(make PEM of it: openssl pkcs12 -in DIR/t.p12 -nokeys -out ca.pem; then set',
    ],
    [
      [...SSL, 'ssl.keystore.location=DIR/t.jks', 'ssl.keystore.password=hunter2'],
      'DIR/t.jks is a JKS store, which only Java can read (make PEM of it: keytool -importkeystore -srckeystore DIR/t.jks -destkeystore client.p12 -deststoretype PKCS12 && openssl pkcs12 -in client.p12 -nodes -out client.pem, and set ssl.keystore.type=PEM)',
    ],
    [[...SSL, 'ssl.truststore.type=PEM', 'ssl.truststore.location=DIR/none'], 'DIR/none does not exist'],
    [[...SSL, 'ssl.truststore.certificates=x'], 'ssl.truststore.certificates in FILE needs ssl.truststore.type=PEM'],
    [
      [...SSL, 'ssl.keystore.type=PEM', 'ssl.keystore.key=hunter2'],
      'ssl.keystore.key in FILE has to begin with -----BEGIN PRIVATE KEY-----',
    ],
    [[...SSL, 'ssl.keystore.type=BCFKS'], 'ssl.keystore.type in FILE has to be PEM here, or PKCS12'],
    [
      [...SSL, 'ssl.keystore.location=/x\\', 'ssl.keystore.password=hunter2'],
      'ssl.keystore.location in FILE goes on in the next line (take away the backslash at the end of its line)',
    ],
    [[...SSL, 'ssl.endpoint.identification.algorithm=none'], 'has to be https, or empty for any host name'],
  ])('%j is refused with a sentence', (lines, sentence) => {
    const text = refused(lines, { 't.jks': JKS, 't.p12': DER });
    expect(text).toContain(sentence);
    expect(text).not.toContain('hunter2');
  });

  test('never has its secrets repeated, however it is broken', () => {
    const [password, opener] = ['Vq7RkTz2WmXp', 'Hj4LsNd9YbGc'];
    const whole = [
      ...SASL,
      'ssl.keystore.location=/nowhere.p12',
      `ssl.keystore.password=${opener}`,
      'sasl.mechanism=SCRAM-SHA-512',
      `sasl.jaas.config=${SCRAM} required username="alice" password="${password}";`,
      'client.id=x',
    ].join('\n');
    const parts = [password, opener].flatMap((secret) => [0, 3, 6].map((at) => secret.slice(at, at + 6).toLowerCase()));
    const put = fc.constantFrom('', '\\', '\n', '"', "'", '=', ';', ' ', ':', '\\\n', '/*', '\0', '-');
    fc.assert(
      fc.property(fc.nat(whole.length), put, fc.boolean(), (at, sign, over) => {
        const bent = whole.slice(0, at) + sign + whole.slice(over ? at + 1 : at);
        const said = refused(bent.split('\n'))?.toLowerCase() ?? '';
        expect(parts.filter((part) => said.includes(part))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
