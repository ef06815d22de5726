import { type Admin, Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { whyNoKafka } from '../rig/java.ts';
import { compilePolicy, whyNoPolicy } from '../rig/kafka-policy.ts';
import { type SecureKafka, startSecureKafka, USERS } from '../rig/kafka-secure.ts';
import { eventsOf, expectExit, resultOf, runProgram } from '../rig/program.ts';

const reason = whyNoKafka() ?? whyNoPolicy();

/** Everything of a cluster that a program could have changed. */
async function everything(admin: Admin) {
  const topics = (await admin.listTopics()).filter((topic) => !topic.startsWith('__')).sort();
  const ends = await Promise.all(topics.map((topic) => admin.fetchTopicOffsets(topic)));
  const { groups } = await admin.listGroups();
  const groupIds = groups.map(({ groupId }) => groupId).sort();
  const offsets = await Promise.all(groupIds.map((groupId) => admin.fetchOffsets({ groupId })));
  const { groups: described } = await admin.describeGroups(groupIds);
  const members = described.map(({ groupId, members }) => [groupId, members.length]);
  return { topics, ends, groupIds, offsets, members };
}

describe.skipIf(reason)(`on a managed Apache Kafka${reason ? `, skipped because ${reason}` : ''}`, () => {
  let kafka: SecureKafka;
  let admin: Admin;
  const as = (user: { name: string; password: string }, ...more: string[]) => ({
    args: ['--brokers', kafka.addresses.join(','), '--command-config', kafka.propertiesOf(user), ...more],
  });

  beforeAll(async () => {
    const classes = await compilePolicy();
    const settings = { 'create.topic.policy.class.name': 'Managed' };
    kafka = await startSecureKafka({ nodes: 1, classes, settings });
    admin = new Kafka({ brokers: kafka.openAddresses, logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
  }, 120_000);
  afterAll(async () => {
    await admin?.disconnect();
    await kafka?.close();
  });

  test('where nobody may set anything of a topic, topics are created without, which is told', async () => {
    const end = await runProgram(
      'load 500 --malformed 1%; wait idle; expect total_reservations == 495',
      as(USERS.lunch),
    );
    expectExit(end);
    const [warned] = eventsOf(end.lines, 'warned');
    expect(warned?.['sentence']).toBe(
      'the cluster lets nobody set cleanup.policy of orders, inventory-events, orders-dlt (settings are managed for you): created with its defaults',
    );
  });

  test('what the policy forbids altogether is told with its reason and what to do', async () => {
    const end = await runProgram('metrics', as(USERS.lunch, '--prefix', 'large-', '--partitions', '12'));
    expectExit(end, 3);
    const errors = end.lines.filter(({ type }) => type === 'error') as unknown as { message: string; fix: string }[];
    expect(errors).toMatchObject([
      {
        message: expect.stringMatching(/a policy of the cluster forbids it \(your plan has 6 partitions a topic\)$/),
        fix: expect.stringContaining('--partitions'),
      },
    ]);
  });

  test('one that may only read sees everything with --read-only, and the cluster stays as it is', async () => {
    const before = await everything(admin);
    expect(before.topics).toEqual(['inventory-events', 'orders', 'orders-dlt']);
    const looks = 'metrics; lag; topics; groups; members; workers; records orders; dead-letters list; audit';
    const script = `wait idle; expect total_orders == 495 and dead_letters == 5 and lag == 0; ${looks}`;
    const end = await runProgram(script, as(USERS.reader, '--read-only'));
    expectExit(end);
    expect(resultOf(end.lines, 'metrics')).toMatchObject({ total_orders: 495, total_reservations: 495, malformed: 5 });
    expect(resultOf(end.lines, 'audit')).toMatchObject({ clean: true, compared: true });
    for (const command of ['produce', 'workers inventory 2']) {
      const refused = await runProgram(command, as(USERS.reader, '--read-only'));
      expectExit(refused, 4);
      expect(refused.stderr).toContain('and this program only reads');
    }
    expect(await everything(admin)).toEqual(before);
  });

  test('topics that are not there are no reason to create any', async () => {
    const before = await everything(admin);
    const end = await runProgram('metrics', as(USERS.lunch, '--read-only', '--prefix', 'none-'));
    expectExit(end, 3);
    expect(await everything(admin)).toEqual(before);
  });
});
