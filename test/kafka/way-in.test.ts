import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Connection } from '../../src/kafka/client.ts';
import { waitForCluster } from '../../src/kafka/reach.ts';
import { createAuthority, selfSigned } from '../rig/kafka-certificates.ts';

const authority = createAuthority();
const stranger = createAuthority('stranger');
const HOST = '127.0.0.1';
const trusting = { ca: authority.ca };
const certificate = authority.issue({ name: 'broker', hosts: [HOST] });
const expired = { hosts: [HOST], until: Date.now() - 1_000 };

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, HOST, resolve));
  onTestFinished(() => void server.close());
  return `${HOST}:${(server.address() as AddressInfo).port}`;
}

const ignore = () => undefined;
const silent = (socket: Socket) => void socket.on('error', ignore).resume();
const listenTls = (options: TlsOptions) => listen(createTlsServer(options, silent).on('tlsClientError', ignore));
const listenPlain = (answer: (socket: Socket) => void) =>
  listen(createServer((socket) => void socket.on('error', ignore).once('data', () => answer(socket))));

/** How reaching for this address ends: code, sentence and what to do. */
async function unmet(address: string, more: Partial<Connection> = {}) {
  const connection = { brokers: [address], clientId: 'test', ...more };
  const error = await waitForCluster(connection, { timeoutMs: 400 }).catch((thrown: unknown) => thrown);
  return error as { code: string; message: string; fix: string };
}

describe('the way into a cluster', () => {
  test('an unknown authority, a self-signed, a foreign and an expired certificate are told apart at once', async () => {
    const refusals: [TlsOptions, RegExp, RegExp][] = [
      [stranger.issue({ name: 'b', hosts: [HOST] }), /^the certificate of \S+ is signed by an authority/, /--tls-ca/],
      [selfSigned({ name: 'b', hosts: [HOST] }), /^the certificate of \S+ is self-signed$/, /--tls-ca/],
      [authority.issue({ name: 'b', hosts: ['a.example'] }), /is for a\.example$/, /--tls-servername/],
      [authority.issue({ name: 'b', ...expired }), /^the certificate of \S+ has expired$/, /renewed/],
    ];
    for (const [options, message, fix] of refusals) {
      const error = await unmet(await listenTls(options), { ssl: trusting });
      expect(error).toMatchObject({ code: 'KAFKA_REFUSED', exitCode: 3 });
      expect(error.message).toMatch(message);
      expect(error.fix).toMatch(fix);
    }
  });

  test('the name to look for can be given, or not be looked for', async () => {
    const address = await listenTls(authority.issue({ name: 'b', hosts: ['a.example'] }));
    for (const more of [{ servername: 'a.example' }, { checkHostname: false }, { rejectUnauthorized: false }]) {
      expect((await unmet(address, { ssl: { ...trusting, ...more } })).message).toContain('did not answer in time');
    }
  });

  test('one that demands a client certificate says so; those that fit are shown', async () => {
    const address = await listenTls({ ...certificate, ...trusting, requestCert: true, rejectUnauthorized: true });
    const error = await unmet(address, { ssl: trusting });
    expect(error.message).toBe(`${address} demands a client certificate`);
    expect(error.fix).toContain('--tls-cert');
    const own = authority.issue({ name: 'lunch' });
    expect((await unmet(address, { ssl: { ...trusting, ...own } })).message).toContain('did not answer in time');
  });

  test('certificate, key and password that do not fit are found before anything is dialled', async () => {
    const own = authority.issue({ name: 'lunch' });
    const other = authority.issue({ name: 'lunch' });
    const mixed = await unmet('h:1', { ssl: { cert: own.cert, key: other.key } });
    expect(mixed).toMatchObject({ code: 'OPTIONS_WRONG', exitCode: 2 });
    expect(mixed.message).toContain('the key is not that of the certificate');
    expect((await unmet('h:1', { ssl: { ca: 'hello' } })).message).toContain('not in a format that can be read');
    expect((await unmet('h:1', { ssl: { pfx: 'aGVsbG8=' } })).message).toContain('not in a format that can be read');
  });

  test('plain text towards TLS, and TLS towards plain text, are named with what to do', async () => {
    const tls = await listenPlain((socket) => socket.end(Buffer.from([0x15, 3, 3, 0, 2, 2, 80])));
    expect(await unmet(tls)).toMatchObject({ code: 'KAFKA_REFUSED', message: `${tls} speaks TLS, and we do not` });
    const web = await listenPlain((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    expect(await unmet(web)).toMatchObject({ message: `what listens at ${web} is not Kafka` });
    expect(await unmet(web, { ssl: {} })).toMatchObject({ message: `${web} does not speak TLS` });
    const cutting = await listenPlain((socket) => socket.end());
    const cut = await unmet(cutting, { ssl: {} });
    expect(cut.message).toContain('cut the connection during the TLS handshake');
    expect(cut.fix).toContain('leave out --tls');
    expect((await unmet(cutting)).fix).toContain('it may want TLS (--tls), a user (--sasl)');
  });

  test('a closed port and an unknown host are the same with TLS as without', async () => {
    for (const more of [{}, { ssl: trusting }]) {
      expect((await unmet(`${HOST}:1`, more)).message).toContain(`nothing listens at ${HOST}:1`);
      expect((await unmet('no-such-host.invalid:9092', more)).message).toContain(
        'the name in no-such-host.invalid:9092 is not known',
      );
    }
  });
});
