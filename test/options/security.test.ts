import { createPrivateKey } from 'node:crypto';
import { connect, createServer } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Security } from '../../src/options.ts';
import { createAuthority } from '../rig/kafka-certificates.ts';
import { folderOf } from './files.ts';
import { type From, read, refusal } from './read.ts';
import { OLD_PKCS12, PKCS12, STORE_PASSWORD } from './stores.ts';

const authority = createAuthority();
const alice = authority.issue({ name: 'alice' });
const bob = authority.issue({ name: 'bob' });
const locked = createPrivateKey(alice.key)
  .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'hunter2' })
  .toString();
const der = Buffer.from(authority.ca.replaceAll(/-----.*-----|\n/g, ''), 'base64');

const FILES = {
  'ca.pem': `# ours\n${authority.ca}`,
  'alice.pem': alice.cert,
  'alice.key': alice.key,
  'both.pem': alice.key + alice.cert + authority.ca,
  'bob.key': bob.key,
  'locked.key': locked,
  'torn.pem': alice.cert.replace('MII', 'MIX'),
  'torn.key': alice.key.replace('MIG', 'MIX'),
  'ca.der': der,
  'alice.p12': PKCS12,
  'old.p12': OLD_PKCS12,
  'password.txt': 'hunter2\n',
  'none.txt': '\n',
  'two.txt': 'hunter2\nhunter3\n',
};

function securityOf(argv: string[], from: From = {}): { security: Security | undefined; notes: string[] } {
  const options = read(['audit', '--brokers', 'k:1', ...argv], from);
  if (options.mode !== 'audit') throw new Error('no audit');
  return { security: options.security, notes: options.notes };
}

/** Arguments with the files in place of their names, and what becomes of them. */
function withFiles(line: string): { argv: string[]; at(name: string): string; folder: string } {
  const { at, folder } = folderOf(FILES);
  return { argv: line.split(' ').map((word) => (Object.hasOwn(FILES, word) ? at(word) : word)), at, folder };
}

describe('TLS', () => {
  test('is plain to have, with the authorities that Node knows', () => {
    expect(securityOf(['--tls'])).toEqual({ security: { ssl: {} }, notes: [] });
    expect(securityOf([])).toEqual({ security: undefined, notes: [] });
  });

  test('is meant by any of its parts, and reads their files', () => {
    const { argv } = withFiles('--tls-ca ca.pem --tls-cert both.pem --tls-key both.pem --tls-servername k.local');
    expect(securityOf(argv).security).toEqual({
      ssl: { ca: authority.ca, cert: alice.cert + authority.ca, key: alice.key, servername: 'k.local' },
    });
  });

  test('takes PEM itself from the environment, also where its lines have become one', () => {
    const line = authority.ca.trimEnd().replaceAll('\n', ' ');
    expect(securityOf([], { env: { LUNCHRUSH_TLS_CA: line } }).security).toEqual({ ssl: { ca: authority.ca } });
  });

  test('opens an encrypted key with the password of the environment', () => {
    const { argv } = withFiles('--tls-cert alice.pem --tls-key locked.key');
    const env = { LUNCHRUSH_TLS_KEY_PASSWORD: 'hunter2' };
    expect(securityOf(argv, { env }).security?.ssl).toMatchObject({ key: locked, passphrase: 'hunter2' });
  });

  test('takes certificate and key from a PKCS12 store of a properties file', () => {
    const { at } = folderOf({
      'alice.p12': PKCS12,
      'p.properties': 'security.protocol=SSL\nssl.keystore.location=STORE\nssl.keystore.password=opensesame',
    });
    const { at: own } = folderOf({
      'p.properties': `security.protocol=SSL\nssl.keystore.location=${at('alice.p12')}\nssl.keystore.password=${STORE_PASSWORD}`,
    });
    expect(securityOf(['--command-config', own('p.properties')]).security).toEqual({
      ssl: { pfx: PKCS12.toString('base64'), passphrase: STORE_PASSWORD },
    });
    const { argv } = withFiles('--tls-cert alice.pem --tls-key alice.key');
    expect(securityOf(['--command-config', own('p.properties'), ...argv]).security).toEqual({
      ssl: { cert: alice.cert, key: alice.key },
    });
  });

  test('is what Node connects with', async () => {
    const host = authority.issue({ name: 'k', hosts: ['127.0.0.1'] });
    const server = createServer({ ...host, ca: authority.ca, requestCert: true });
    onTestFinished(() => void server.close());
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve(Number(Object(server.address()).port)));
    });
    const { argv } = withFiles('--tls-ca ca.pem --tls-cert alice.pem --tls-key alice.key');
    const known = new Promise((resolve) => {
      server.once('secureConnection', (socket) => resolve(socket.getPeerCertificate().subject.CN));
    });
    const socket = connect({ host: '127.0.0.1', port, ...securityOf(argv).security?.ssl });
    onTestFinished(() => void socket.destroy());
    expect(await known).toBe('alice');
  });

  test.each([
    ['--tls-cert alice.pem', '--tls-cert needs the private key of that certificate: add --tls-key'],
    ['--tls-key alice.key', '--tls-key needs the certificate of that key: add --tls-cert'],
    ['--tls-cert alice.pem --tls-key bob.key', 'bob.key is not that of the first certificate in '],
    ['--tls-cert torn.pem --tls-key alice.key', '--tls-cert: certificate 1 in DIR/torn.pem is damaged'],
    ['--tls-cert alice.pem --tls-key torn.key', '--tls-key: the private key in DIR/torn.key is damaged'],
    ['--tls-cert alice.pem --tls-key locked.key', 'locked.key is encrypted (set LUNCHRUSH_TLS_KEY_PASSWORD)'],
    [
      '--tls-ca alice.key',
      'there is no certificate in PEM form in DIR/alice.key (it has to begin with -----BEGIN CERTI',
    ],
    ['--tls-ca ca.der', '(make PEM of it: openssl x509 -inform der -in DIR/ca.der -out ca.pem)'],
    ['--tls-ca alice.p12', '(make PEM of it: openssl pkcs12 -in DIR/alice.p12 -nokeys -out ca.pem)'],
    ['--tls-ca nothing.pem', '--tls-ca: nothing.pem does not exist'],
  ])('of %j is refused with a sentence', (line, sentence) => {
    const { argv, folder } = withFiles(line);
    expect(refusal(['--brokers', 'k:1', ...argv])?.replaceAll(folder, 'DIR')).toContain(sentence);
  });

  test.each([
    [
      'old.p12',
      STORE_PASSWORD,
      'old.p12 is no PKCS12 store that can be read here (make PEM of it: openssl pkcs12 -legacy',
    ],
    ['alice.p12', 'hunter2', 'ssl.keystore.password in p does not open '],
    ['password.txt', 'hunter2', 'password.txt is no PKCS12 store that can be read here'],
  ])('of the store %s is refused with a sentence', (store, password, sentence) => {
    const { at } = withFiles('');
    const lines = ['bootstrap.servers=k:1', 'security.protocol=SSL', `ssl.keystore.location=${at(store)}`];
    const { at: own } = folderOf({ p: [...lines, `ssl.keystore.password=${password}`].join('\n') });
    const text = refusal(['--command-config', own('p')])?.replaceAll(own('p'), 'p');
    expect(text).toContain(sentence);
    expect(text).not.toContain(password);
  });

  test('a wrong key password and a key on the command line are refused and not repeated', () => {
    const { argv } = withFiles('--brokers k:1 --tls-cert alice.pem --tls-key locked.key');
    const wrong = refusal(argv, { env: { LUNCHRUSH_TLS_KEY_PASSWORD: 'hunter3' } });
    expect(wrong).toContain('LUNCHRUSH_TLS_KEY_PASSWORD does not open the private key in ');
    expect(wrong).not.toContain('hunter3');
    const said = refusal(['--brokers', 'k:1', '--tls-cert', alice.cert, '--tls-key', alice.key]);
    expect(said).toContain('--tls-key: a key itself does not belong there');
    expect(said).not.toContain('BEGIN');
  });
});

describe('SASL', () => {
  const who = ['--tls', '--sasl', 'SCRAM-SHA-256', '--sasl-username', 'alice'];
  const sasl = { mechanism: 'scram-sha-256', username: 'alice', password: 'hunter2' };

  test('takes the password from a variable or a file, the one that is said first', () => {
    const { at } = withFiles('');
    const file = ['--sasl-password-file', at('password.txt')];
    expect(securityOf([...who, ...file]).security?.sasl).toEqual(sasl);
    expect(securityOf(who, { env: { LUNCHRUSH_SASL_PASSWORD: 'hunter2' } }).security?.sasl).toEqual(sasl);
    expect(securityOf([...who, ...file], { env: { LUNCHRUSH_SASL_PASSWORD: 'other' } }).security?.sasl).toEqual(sasl);
    const both = { LUNCHRUSH_SASL_PASSWORD: 'x', LUNCHRUSH_SASL_PASSWORD_FILE: at('password.txt') };
    expect(refusal(['--brokers', 'k:1', ...who], { env: both })).toContain(
      'LUNCHRUSH_SASL_PASSWORD and LUNCHRUSH_SASL_PASSWORD_FILE exclude each other',
    );
  });

  test('takes a token from a variable, or leaves its file to be read whenever it is used', () => {
    const { at } = withFiles('');
    const bearer = ['--tls', '--sasl', 'oauthbearer'];
    expect(securityOf(bearer, { env: { LUNCHRUSH_OAUTH_TOKEN: 't' } }).security?.sasl).toEqual({
      mechanism: 'oauthbearer',
      token: 't',
    });
    expect(securityOf([...bearer, '--oauth-token-file', at('password.txt')]).security?.sasl).toEqual({
      mechanism: 'oauthbearer',
      tokenFile: at('password.txt'),
    });
  });

  test('without encryption is said to be risky where the secret itself is sent', () => {
    const env = { LUNCHRUSH_SASL_PASSWORD: 'x' };
    const user = ['--sasl-username', 'a'];
    const note = 'the password goes over the network as it is: add --tls if the cluster takes it';
    expect(securityOf(['--sasl', 'plain', ...user], { env }).notes).toEqual([note]);
    expect(securityOf(['--sasl', 'scram-sha-512', ...user], { env }).notes).toEqual([]);
    expect(securityOf(['--tls', '--sasl', 'plain', ...user], { env }).notes).toEqual([]);
  });

  test.each([
    ['--sasl kerberos', '--sasl: "kerberos" is not one of plain, scram-sha-256, scram-sha-512, oauthbearer'],
    ['--sasl plain', 'SASL plain (--sasl) needs a user: add --sasl-username'],
    ['--sasl-username a', '--sasl-username needs a mechanism: add --sasl'],
    [
      '--sasl plain --sasl-username a',
      'needs a password for a (put it into the variable LUNCHRUSH_SASL_PASSWORD, or into a file, and name that with --sasl-password-file)',
    ],
    ['--sasl oauthbearer', 'needs a token (put it into the variable LUNCHRUSH_OAUTH_TOKEN, or into a file'],
    ['--sasl plain --sasl-username a --sasl-password-file none.txt', '--sasl-password-file: DIR/none.txt is empty'],
    ['--sasl plain --sasl-username a --sasl-password-file two.txt', 'DIR/two.txt has more than one line'],
    ['--sasl plain --sasl-username a --sasl-password hunter2', 'there is no --sasl-password: everybody on a machine'],
    ['--sasl-password=hunter2', 'put it into the variable LUNCHRUSH_SASL_PASSWORD, or into a file'],
    ['--tls-key-password hunter2', 'put it into the variable LUNCHRUSH_TLS_KEY_PASSWORD'],
    ['--oauth-client-secret hunter2', 'put it into a properties file, and name that with --command-config'],
    ['--http-token hunter2hunter2hunter2', 'put it into the variable LUNCHRUSH_HTTP_TOKEN, or into a file'],
  ])('of %j is refused with a sentence', (line, sentence) => {
    const { argv, folder } = withFiles(line);
    const text = refusal(['--brokers', 'k:1', ...argv])?.replaceAll(folder, 'DIR');
    expect(text).toContain(sentence);
    expect(text).not.toContain('hunter');
  });
});
