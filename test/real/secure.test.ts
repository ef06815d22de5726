import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Connection } from '../../src/kafka/client.ts';
import { createPartitionProducer } from '../../src/kafka/partition-producer.ts';
import { waitForCluster } from '../../src/kafka/reach.ts';
import type { Sasl } from '../../src/kafka/security.ts';
import { ensureTopics, type TopicNames } from '../../src/kafka/topics.ts';
import { listen } from '../kafka/listening.ts';
import { numbered, valuesIn } from '../kafka/topic.ts';
import { whyNoKafka } from '../rig/java.ts';
import { createAuthority } from '../rig/kafka-certificates.ts';
import { type SecureKafka, startSecureKafka, USERS } from '../rig/kafka-secure.ts';

const reason = whyNoKafka();
/** Short enough for several sessions to end within a test, and shorter than what kafkajs takes for "about to end". */
const SESSION_MS = 3_000;

describe.skipIf(reason)(`on an Apache Kafka with TLS and users${reason ? `, skipped because ${reason}` : ''}`, () => {
  let kafka: SecureKafka;
  const at = (more: Partial<Connection>): Connection => ({
    brokers: kafka.addresses,
    clientId: 'test',
    ssl: { ca: kafka.ca },
    ...more,
  });
  const by = (mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512', password: string = USERS.lunch.password) =>
    at({ sasl: { mechanism, username: USERS.lunch.name, password } });
  const byToken = (token: string) => at({ sasl: { mechanism: 'oauthbearer', token } });
  const unmet = (connection: Connection) =>
    waitForCluster(connection, { timeoutMs: 2_000 }).catch((error: unknown) => error);
  const topicsOf = (prefix: string): TopicNames => ({
    orders: `${prefix}-orders`,
    inventoryEvents: `${prefix}-events`,
    deadLetters: `${prefix}-dlt`,
  });

  beforeAll(async () => {
    kafka = await startSecureKafka({ nodes: 1, reauthMs: SESSION_MS });
  }, 120_000);
  afterAll(() => kafka?.close());

  test('every mechanism, and a client certificate, makes topics, writes and reads', async () => {
    const ways: Record<string, Connection> = {
      plain: by('plain'),
      'scram-256': by('scram-sha-256'),
      'scram-512': by('scram-sha-512'),
      token: byToken(kafka.tokenOf('lunch')),
      certificate: at({ brokers: kafka.certificateAddresses, ssl: { ca: kafka.ca, ...kafka.certificateOf('lunch') } }),
    };
    for (const [name, connection] of Object.entries(ways)) {
      const { orders } = topicsOf(name);
      expect((await ensureTopics(connection, topicsOf(name))).created).toHaveLength(3);
      const producer = createPartitionProducer(connection, { topic: orders, partition: 1 });
      await producer.send(numbered(3));
      await producer.close();
      expect(await valuesIn(connection, orders, 1)).toEqual(['0', '1', '2']);
      // It goes to the threads after the main thread has used it.
      expect(structuredClone(connection)).toEqual(connection);
    }
  });

  test('whoever is not let in hears why at once, in one sentence without the secret', async () => {
    const wrong = 'wr0ng-Pa55word';
    const cases: [Connection, RegExp][] = [
      [by('plain', wrong), /does not accept user "lunch" with this password by SASL PLAIN/],
      [by('scram-sha-256', wrong), /does not accept user "lunch" with this password by SASL SCRAM-SHA-256/],
      [byToken(kafka.tokenOf('lunch', -60)), /does not accept our token by SASL OAUTHBEARER \(invalid_token\)/],
      [at({ sasl: { mechanism: 'gssapi' } as unknown as Sasl }), /does not know SASL GSSAPI, but .*SCRAM-SHA-512/],
      [at({ brokers: kafka.openAddresses, ssl: {} }), /cut the connection during the TLS handshake/],
      [at({ ssl: { ca: createAuthority().ca } }), /signed by an authority that is not known here/],
      [{ brokers: kafka.addresses, clientId: 'test' }, /speaks TLS, and we do not/],
      [at({}), /cut the connection/],
      [at({ brokers: kafka.certificateAddresses }), /demands a client certificate/],
      [
        at({
          brokers: kafka.certificateAddresses,
          ssl: { ca: kafka.ca, ...createAuthority().issue({ name: 'lunch' }) },
        }),
        /does not accept our client certificate/,
      ],
    ];
    for (const [connection, sentence] of cases) {
      const error = (await unmet(connection)) as Error & { exitCode: number; fix: string };
      expect(error.message).toMatch(sentence);
      expect(error).toMatchObject({ exitCode: 3, fix: expect.stringMatching(/\w/) });
      expect(`${error.stack}${error.cause}`).not.toContain(wrong);
    }
    const { ssl: _, ...plainText } = by('plain');
    const error = await unmet({ ...plainText, brokers: kafka.openAddresses });
    expect(error).toMatchObject({ message: expect.stringContaining('asks for no user: this listener has no SASL') });
  });

  test.each(['scram-sha-512', 'oauthbearer'])('sessions that end are renewed, and nobody notices: %s', async (way) => {
    const connection = way === 'oauthbearer' ? byToken(kafka.tokenOf('lunch')) : by('scram-sha-512');
    const { orders } = topicsOf(`renewed-${way}`);
    await ensureTopics(connection, topicsOf(`renewed-${way}`));
    const heard = listen(connection, { groupId: `renewed-${way}`, topics: [orders], heartbeatIntervalMs: 500 });
    await heard.assigned();
    const producer = createPartitionProducer(connection, { topic: orders, partition: 0 });
    const startedAt = Date.now();
    let sent = 0;
    while (Date.now() - startedAt < 4 * SESSION_MS) {
      await producer.send(numbered(1, sent++));
      // Now and then idle past the end of a session: it is renewed when it is needed again.
      await new Promise((resolve) => setTimeout(resolve, sent % 40 === 0 ? SESSION_MS + 500 : 50));
    }
    await producer.close();
    await expect.poll(() => heard.values().length).toBe(sent);
    expect(heard).toMatchObject({ troubles: [], lost: [], crashes: [], assignments: [{}] });
    await heard.consumer.stop();
  });
});
