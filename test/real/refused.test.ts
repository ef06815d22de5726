import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../rig/free-port.ts';
import { whyNoKafka } from '../rig/java.ts';
import type { Right } from '../rig/kafka-acls.ts';
import { createAuthority } from '../rig/kafka-certificates.ts';
import { PIPELINE_RIGHTS, type SecureKafka, startSecureKafka, USERS } from '../rig/kafka-secure.ts';
import { type End, expectExit, type ProgramOptions, runProgram, startProgram } from '../rig/program.ts';

const reason = whyNoKafka();
const SECRET = 'Wr0ng-se%cret_zork';

const errorsIn = ({ lines }: End) => lines.flatMap(({ type, message }) => (type === 'error' ? [message ?? ''] : []));

describe.skipIf(reason)(`the program refused by Apache Kafka${reason ? `, skipped because ${reason}` : ''}`, () => {
  let kafka: SecureKafka;
  const tls = () => ['--tls', '--tls-ca', kafka.caFile];
  const at = (addresses: readonly string[], ...more: string[]) => ['--brokers', addresses.join(','), ...more];

  /** Runs a script as somebody known by a token: any name will do, rights come from ACLs. */
  const as = (user: string, script = 'wait idle', args: string[] = []): Promise<End> =>
    runProgram(script, {
      args: at(kafka.addresses, ...tls(), '--sasl', 'oauthbearer', '--prefix', `${user}-`, ...args),
      env: { LUNCHRUSH_OAUTH_TOKEN: kafka.tokenOf(user) },
    });

  beforeAll(async () => {
    kafka = await startSecureKafka({ nodes: 1 });
    const stranger = createAuthority('stranger');
    writeFileSync(join(kafka.folder, 'stranger.pem'), stranger.ca);
    writeFileSync(join(kafka.folder, 'stranger-cert.pem'), stranger.issue({ name: 'lunch' }).cert);
  }, 120_000);
  afterAll(() => kafka?.close());

  const wrongPassword = (mechanism: string, user = 'lunch') => [...tls(), '--sasl', mechanism, '--sasl-username', user];
  const ways: Record<string, [() => Promise<string[]> | string[], RegExp]> = {
    'a wrong password': [
      () => at(kafka.addresses, ...wrongPassword('plain')),
      /does not accept user "lunch" with this password by SASL PLAIN/,
    ],
    'a wrong password by SCRAM': [
      () => at(kafka.addresses, ...wrongPassword('scram-sha-512')),
      /does not accept user "lunch" with this password by SASL SCRAM-SHA-512/,
    ],
    'an unknown user': [() => at(kafka.addresses, ...wrongPassword('plain', 'who')), /does not accept user "who"/],
    'an unknown authority': [
      () => at(kafka.addresses, '--tls', '--tls-ca', join(kafka.folder, 'stranger.pem')),
      /signed by an authority that is not known here/,
    ],
    'another name': [
      () => at(kafka.addresses, ...tls(), '--tls-servername', 'kafka.example'),
      /the certificate of \S+ is for localhost, 127\.0\.0\.1$/,
    ],
    'no TLS': [() => at(kafka.addresses), /speaks TLS, and we do not/],
    'no user': [() => at(kafka.addresses, ...tls()), /within 8 s: \S+ cut the connection$/],
    'TLS to plain text': [() => at(kafka.openAddresses, ...tls()), /cut the connection during the TLS handshake/],
    'no client certificate': [() => at(kafka.certificateAddresses, ...tls()), /demands a client certificate/],
    'a closed port': [async () => at([`127.0.0.1:${await freePort()}`]), /within 8 s: nothing listens at/],
    'an unknown host': [() => at(['no-such-host.invalid:9092']), /within 8 s: the name in \S+ is not known/],
  };

  test.each(Object.entries(ways))(
    '%s: one sentence that says what to do, exit 3, no secret',
    async (_, [args, said]) => {
      const env = { LUNCHRUSH_SASL_PASSWORD: SECRET };
      const given = await args();
      const end = await runProgram('metrics', { args: given, ...(given.includes('--sasl') ? { env } : {}) });
      expectExit(end, 3);
      expect(errorsIn(end)).toHaveLength(1);
      expect(errorsIn(end)[0]).toMatch(said);
      expect(JSON.stringify(end)).not.toContain(SECRET);
    },
  );

  const ON_TOPICS: Right = { topic: '*', operations: ['READ', 'WRITE', 'CREATE', 'DESCRIBE'] };
  const ON_GROUPS: Right = { group: '*', operations: ['READ'] };
  const lacking: Record<string, [Right[], RegExp]> = {
    nothing: [[], /^the user needs Read on Topic nothing-orders, .*Write on Topic .*Read on Group nothing-inventory-/],
    groups: [
      [ON_TOPICS],
      /^the user needs Read on Group groups-inventory-service-group, Read on Group groups-analytics/,
    ],
    'one-group': [
      [ON_TOPICS, { group: 'one-group-analytics-group', operations: ['READ'] }],
      /^the user needs Read on Group one-group-inventory-service-group$/,
    ],
    create: [
      [{ topic: '*', operations: ['READ', 'WRITE', 'DESCRIBE'] }, ON_GROUPS],
      /^preparing topics: the user needs Create on Topic create-\S+$/,
    ],
    write: [
      [
        { topic: '*', operations: ['READ', 'CREATE', 'DESCRIBE'] },
        { topic: 'write-orders', operations: ['WRITE'] },
        ON_GROUPS,
      ],
      /^the user needs Write on Topic write-inventory-events, Write on Topic write-orders-dlt$/,
    ],
  };

  test.each(Object.entries(lacking))('who lacks rights hears of all of them: %s', async (user, [rights, said]) => {
    if (rights.length > 0) await kafka.grant(user, rights);
    const end = await as(user);
    expectExit(end, 3);
    expect(errorsIn(end)).toEqual([expect.stringMatching(said)]);
    expect(JSON.stringify(end)).not.toContain(kafka.tokenOf(user).split('.')[1]);
  });

  test('a user without DescribeConfigs runs, and hears what cannot be seen', async () => {
    await kafka.grant('blind', [ON_TOPICS, ON_GROUPS]);
    const end = await as('blind', 'load 100; wait idle; expect total_reservations == 100');
    expectExit(end);
    const warned = end.lines.flatMap(({ event }) => (event?.type === 'warned' ? [String(event['sentence'])] : []));
    expect(warned).toEqual([expect.stringContaining('needs DescribeConfigs on Topic blind-orders')]);
  });

  test('a right that is taken away while it runs brings workers down with its name, and a wait for them ends', async () => {
    await kafka.grant('fired', PIPELINE_RIGHTS);
    const program = startProgram('load 100; wait idle; say working; wait event worker-died; load 10; wait idle', {
      args: at(kafka.addresses, ...tls(), '--sasl', 'oauthbearer', '--prefix', 'fired-'),
      env: { LUNCHRUSH_OAUTH_TOKEN: kafka.tokenOf('fired') },
    });
    await program.said('working');
    await kafka.deny('fired', [{ group: 'fired-inventory-service-group', operations: ['READ'] }]);
    await program.event('worker-died', ({ retryInMs }) => retryInMs === null);
    const end = await program.ended;
    expectExit(end, 3);
    expect(errorsIn(end).join()).toContain('the user needs Read on Group fired-inventory-service-group');
  });

  test('topics with different numbers of partitions, and replicas that nobody can hold, are refused', async () => {
    const admin = new Kafka({ brokers: kafka.openAddresses, logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    await admin.createTopics({
      topics: [
        { topic: 'odd-orders', numPartitions: 3 },
        { topic: 'odd-inventory-events', numPartitions: 4 },
      ],
    });
    await admin.disconnect();
    const by = (...more: string[]): ProgramOptions => ({
      args: at(kafka.addresses, '--command-config', kafka.propertiesOf(USERS.lunch), ...more),
    });
    const odd = await runProgram('metrics', by('--prefix', 'odd-'));
    expectExit(odd, 3);
    expect(errorsIn(odd)).toEqual([
      'odd-orders has 3 partitions and odd-inventory-events has 4: they must have the same number',
    ]);
    const many = await runProgram('metrics', by('--prefix', 'many-', '--replication-factor', '3'));
    expectExit(many, 3);
    expect(errorsIn(many)).toEqual([expect.stringMatching(/replication factor.*\(.*3.*\)/)]);
  });
});
