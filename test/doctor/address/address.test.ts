import { describe, expect, test } from 'vitest';
import type { Entry } from '../../../src/doctor/address/entry.ts';
import { logIn } from '../../../src/doctor/address/log-in.ts';
import { lookUp } from '../../../src/doctor/address/name.ts';
import { askMechanisms } from '../../../src/doctor/address/sasl.ts';
import { connectTo } from '../../../src/doctor/address/tcp.ts';
import { shakeHands } from '../../../src/doctor/address/tls.ts';
import { askVersions } from '../../../src/doctor/address/versions.ts';
import { toAddress } from '../../../src/doctor/wire/dial.ts';
import { startBroker } from '../../broker/start-broker.ts';
import { freePort } from '../../rig/free-port.ts';
import { createAuthority, selfSigned } from '../../rig/kafka-certificates.ts';
import { entryOf, hangingUp, http, serve, silent, tlsInFront, unhurried } from './servers.ts';

const authority = createAuthority();
const { ca } = authority;
const good = authority.issue({ name: 'broker', hosts: ['127.0.0.1', 'localhost'] });

/** An address that may answer like a Kafka with log-in, without one being there. */
const withServed = (entry: Entry, key = 17): Entry => ({
  ...entry,
  served: { apis: new Map([[key, { min: 0, max: 1 }]]), features: new Map() },
});

/** Answers a SaslHandshake. */
const offering = (errorCode: number, mechanisms: string[]) =>
  serve((socket) => {
    socket.once('data', (asked: Buffer) => {
      const names = mechanisms.map((name) => Buffer.concat([Buffer.of(0, name.length), Buffer.from(name)]));
      const body = Buffer.concat([asked.subarray(8, 12), Buffer.of(0, errorCode, 0, 0, 0, names.length), ...names]);
      socket.write(Buffer.concat([Buffer.of(0, 0, 0, body.length), body]));
    });
  });

describe('the name of an address', () => {
  test('is looked up, unless it is an IP address', async () => {
    const entry = entryOf(1, { host: 'localhost' });
    expect(await lookUp(entry, unhurried)).toMatchObject({ level: 'ok' });
    expect(entry.found?.length).toBeGreaterThan(0);
    expect(await lookUp(entryOf(1), unhurried)).toMatchObject({ found: 'an IP address, nothing to look up' });
  });

  test('that is not known is a failure, and a warning where another address leads in', async () => {
    const entry = entryOf(1, { host: 'lunchrush.invalid' });
    const found = 'the name lunchrush.invalid';
    expect(await lookUp(entry, unhurried)).toMatchObject({ level: 'fail', found: expect.stringContaining(found) });
    const others = [{ host: '127.0.0.1', port: await silent() }];
    expect(await lookUp({ ...entry, others }, unhurried)).toMatchObject({ level: 'warn', isEnd: true });
    const closed = [{ host: '127.0.0.1', port: await freePort() }];
    expect(await lookUp({ ...entry, others: closed }, unhurried)).toMatchObject({ level: 'fail' });
  });

  test('IPv6 addresses stand in brackets', () => {
    expect(toAddress('[::1]:9092')).toEqual({ host: '::1', port: 9092 });
    expect(toAddress('kafka.example.com:9093')).toEqual({ host: 'kafka.example.com', port: 9093 });
  });
});

describe('a connection', () => {
  test('to an open port says how long it took', async () => {
    expect(await connectTo(entryOf(await silent()), unhurried)).toMatchObject({ level: 'ok' });
  });

  test('to a closed port is a failure', async () => {
    const finding = await connectTo(entryOf(await freePort()), unhurried);
    expect(finding).toMatchObject({ level: 'fail', found: 'nothing listens there' });
  });

  test('to one of several IP addresses of a name will do, and the others are told', async () => {
    const entry = { ...entryOf(await silent(), { host: 'both' }), found: ['127.0.0.1', '::1'] };
    const finding = await connectTo(entry, unhurried);
    expect(finding).toMatchObject({ level: 'ok', found: expect.stringMatching(/at 127\.0\.0\.1 in .*; not at ::1/) });
  });
});

describe('TLS', () => {
  const shake = async (certificate: typeof good, ssl: Parameters<typeof entryOf>[1] = { ssl: { ca } }) =>
    shakeHands(entryOf(await tlsInFront(certificate), ssl), unhurried);

  test('with a certificate that fits tells whose it is and how long it lasts', async () => {
    const finding = await shake(good);
    expect(finding).toMatchObject({ level: 'ok', data: { protocol: 'TLSv1.3', subject: 'broker', daysLeft: 364 } });
    expect(finding.found).toContain('certificate broker by Lunchrush test authority, for 127.0.0.1, 364 days left');
  });

  test.each<[string, typeof good, object, string, string]>([
    ['self-signed', selfSigned({ name: 'me', hosts: ['127.0.0.1'] }), { ca }, 'fail', 'self-signed'],
    ['of an unknown authority', good, {}, 'fail', 'no authority that is trusted here'],
    [
      'for another host',
      authority.issue({ name: 'b', hosts: ['kafka.lan'] }),
      { ca },
      'fail',
      'for kafka.lan, not for',
    ],
    ['out of date', authority.issue({ name: 'b', hosts: ['127.0.0.1'], until: 1e12 }), { ca }, 'fail', 'out of date'],
    [
      'soon out of date',
      authority.issue({ name: 'b', hosts: ['127.0.0.1'], until: Date.now() + 3.5 * 86_400_000 }),
      { ca },
      'warn',
      '3 days left',
    ],
    ['not checked', selfSigned({ name: 'me' }), { rejectUnauthorized: false }, 'warn', 'it is not checked'],
    [
      'for another host, which does not matter',
      authority.issue({ name: 'b', hosts: ['kafka.lan'] }),
      { ca, checkHostname: false },
      'ok',
      'certificate b by',
    ],
    [
      'for the name that was asked for',
      authority.issue({ name: 'b', hosts: ['kafka.lan'] }),
      { ca, servername: 'kafka.lan' },
      'ok',
      'for kafka.lan',
    ],
  ])('with a certificate that is %s', async (_, certificate, ssl, level, found) => {
    expect(await shake(certificate, { ssl })).toMatchObject({ level, found: expect.stringContaining(found) });
  });

  test('wished of a Kafka in plain text is a failure that says so', async () => {
    const { port } = await startBroker();
    expect(await shakeHands(entryOf(port, { ssl: {} }), unhurried)).toMatchObject({
      level: 'fail',
      found: 'the port speaks plain text, not TLS',
    });
  });

  test('wished of somebody who says nothing, or hangs up, is a failure', async () => {
    const [quiet, gone] = await Promise.all([silent(), hangingUp()]);
    const found = await Promise.all([quiet, gone].map((port) => shakeHands(entryOf(port, { ssl: {} }), unhurried)));
    expect(found[0]).toMatchObject({ level: 'fail', found: expect.stringContaining('says nothing') });
    expect(found[1]).toMatchObject({ level: 'fail', found: expect.stringContaining('handshake failed') });
  });
});

describe('what a broker serves', () => {
  test('is all that we need, in plain text and behind TLS', async () => {
    const { port } = await startBroker();
    const entry = entryOf(port);
    expect(await askVersions(entry, unhurried)).toMatchObject({ level: 'ok', data: { missing: [] } });
    expect(entry.served?.apis.size).toBeGreaterThan(10);
    const behind = entryOf(await tlsInFront(good, port), { ssl: { ca } });
    expect(await askVersions(behind, unhurried)).toMatchObject({ level: 'ok' });
  });

  test('is not asked in plain text of a port that speaks TLS', async () => {
    const { port } = await startBroker();
    expect(await askVersions(entryOf(await tlsInFront(good, port)), unhurried)).toMatchObject({
      level: 'fail',
      found: 'the port speaks TLS, and plain text was asked for',
    });
  });

  test('is not told to whoever comes without the certificate that is demanded', async () => {
    const { port } = await startBroker();
    const door = await tlsInFront(good, port, { ca });
    const without = await askVersions(entryOf(door, { ssl: { ca } }), unhurried);
    expect(without).toMatchObject({ level: 'fail', fix: expect.stringContaining('--tls-cert') });
    const ssl = { ca, ...authority.issue({ name: 'lunch' }) };
    expect(await askVersions(entryOf(door, { ssl }), unhurried)).toMatchObject({ level: 'ok' });
  });

  test.each([
    ['a web server', http, 'something else than Kafka answers'],
    ['somebody who hangs up', hangingUp, 'the connection is closed when we ask'],
    ['somebody who says nothing', silent, 'takes the connection and then says nothing'],
  ])('is not told by %s', async (_, start, found) => {
    const finding = await askVersions(entryOf(await start()), unhurried);
    expect(finding).toMatchObject({ level: 'fail', found: expect.stringContaining(found) });
  });
});

describe('a log-in', () => {
  test('is not asked for by a broker that does not know it', async () => {
    const { port } = await startBroker();
    const entry = entryOf(port);
    await askVersions(entry, unhurried);
    expect(await askMechanisms(entry, unhurried)).toMatchObject({ level: 'ok', found: 'no log-in is asked for' });
    const sasl = { mechanism: 'plain', username: 'u', password: 'p' } as const;
    const wished = { ...entry, connection: { ...entry.connection, sasl } };
    expect(await askMechanisms(wished, unhurried)).toMatchObject({
      level: 'fail',
      fix: expect.stringContaining('--sasl'),
    });
    expect(await logIn(entry, unhurried)).toMatchObject({
      level: 'ok',
      found: expect.stringContaining('without log-in'),
    });
    entry.seed?.close();
  });

  test.each<[string, number, string[], string | undefined, string, string]>([
    ['one that was not asked for', 33, ['PLAIN', 'SCRAM-SHA-512'], undefined, 'fail', 'by PLAIN and SCRAM-SHA-512'],
    [
      'one that is offered',
      0,
      ['PLAIN', 'SCRAM-SHA-512'],
      'scram-sha-512',
      'ok',
      'SCRAM-SHA-512 is offered, and PLAIN',
    ],
    ['another one', 33, ['PLAIN'], 'scram-sha-512', 'fail', 'SCRAM-SHA-512 is not offered, only PLAIN'],
    ['none', 34, [], undefined, 'ok', 'no log-in is asked for'],
  ])('by %s', async (_, errorCode, mechanisms, wanted, level, found) => {
    const port = await offering(errorCode, mechanisms);
    const entry = withServed(entryOf(port));
    const sasl = wanted ? { sasl: { mechanism: wanted as 'plain', username: 'u', password: 'p' } } : {};
    const finding = await askMechanisms({ ...entry, connection: { ...entry.connection, ...sasl } }, unhurried);
    expect(finding).toMatchObject({ level, found: expect.stringContaining(found) });
  });

  test('whose secret would go through a network in plain text is a warning', async () => {
    const entry = { ...withServed(entryOf(await offering(0, ['PLAIN'])), 17), found: ['10.0.0.1'] };
    const sasl = { mechanism: 'plain', username: 'u', password: 'p' } as const;
    const finding = await askMechanisms({ ...entry, connection: { ...entry.connection, sasl } }, unhurried);
    expect(finding).toMatchObject({ level: 'warn', found: expect.stringContaining('in plain text') });
  });
});
