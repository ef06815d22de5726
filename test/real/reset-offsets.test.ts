import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Cluster } from '../../src/engine/cluster.ts';
import type { ResetTo } from '../../src/engine/command.ts';
import { openCluster } from '../../src/engine/open-cluster.ts';
import type { Connection } from '../../src/kafka/client.ts';
import { createFakeEngine } from '../engine/fake-hall.ts';
import { listen } from '../kafka/listening.ts';
import { createTopics, fill, numbered } from '../kafka/topic.ts';
import { describeGroup, whyNoKafka } from '../rig/java.ts';
import { type RealKafka, startKafka } from '../rig/kafka.ts';

const reason = whyNoKafka();
const GROUP = 'billing';

describe.skipIf(reason)(`reset-offsets on a real Apache Kafka${reason ? `, skipped because ${reason}` : ''}`, () => {
  let kafka: RealKafka;
  let connection: Connection;
  let cluster: Cluster;
  let topic: string;
  const reset = (to: ResetTo, group = GROUP) =>
    createFakeEngine({ cluster }).engine.dispatch({ verb: 'reset-offsets', group, to, yes: true });
  const committed = async () =>
    (await describeGroup(kafka.addresses.join(','), GROUP)).map(({ partition, current }) => [partition, current]);

  beforeAll(async () => {
    kafka = await startKafka(1);
    connection = { brokers: kafka.addresses, clientId: 'test' };
    topic = (await createTopics(connection)).orders;
    for (const partition of [0, 1]) await fill(connection, topic, partition, numbered(10));
    cluster = openCluster(connection);
  }, 120_000);
  afterAll(async () => {
    await cluster?.close();
    await kafka?.close();
  });

  test('ConsumerGroupCommand sees what was set, and only that; members and unknown groups are refused', async () => {
    await expect(reset({ type: 'end' })).rejects.toThrow(`there is no group "${GROUP}"`);
    const { consumer, assigned } = listen(connection, { groupId: GROUP, topics: [topic] });
    await assigned();
    await expect(reset({ type: 'end' })).rejects.toThrow('billing has 1 member (test-');
    await consumer.stop();

    await reset({ type: 'offsets', offsets: [{ topic, partition: 1, offset: 4 }] });
    expect(await cluster.allCommitted(GROUP)).toEqual([{ topic, partition: 1, offset: 4 }]);
    await reset({ type: 'end' });
    expect(await cluster.allCommitted(GROUP)).toEqual([{ topic, partition: 1, offset: 10 }]);
    await reset({ type: 'time', at: 1_700_000_000_003 });
    expect(await committed()).toContainEqual([1, 3]);
    await reset({ type: 'beginning' });
    expect(await committed()).toContainEqual([1, 0]);
  });
});
