import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGroups, type Groups } from '../../src/kafka/groups.ts';
import { startBroker, type TestBroker } from './broker.ts';
import { listen } from './listening.ts';
import { createTopics } from './topic.ts';

describe('groups', () => {
  let broker: TestBroker;
  let groups: Groups;
  let topic: string;

  beforeAll(async () => {
    broker = await startBroker();
    groups = createGroups(broker.connection);
    topic = (await createTopics(broker.connection)).orders;
  });
  afterAll(async () => {
    groups.close();
    await broker.close();
  });

  test('a group of nobody is dead and has no offsets', async () => {
    const [group] = await groups.describe(['nobody']);
    expect(group).toEqual({ groupId: 'nobody', state: 'Dead', protocol: '', members: [] });
    expect(await groups.offsets('nobody', topic, [0, 1, 2])).toEqual(new Map());
  });

  test('a group with a member tells its state, its member and what that reads', async () => {
    const { consumer, assigned } = listen(broker.connection, { groupId: 'alive', topics: [topic] });
    const { memberId } = await assigned();
    const [group] = await groups.describe(['alive']);
    expect(group).toMatchObject({ state: 'Stable', protocol: 'RoundRobinAssigner' });
    expect(group?.members).toMatchObject([
      { memberId, clientId: 'test', assignment: [{ topic, partitions: [0, 1, 2] }] },
    ]);
    const other = groups.commit('alive', [{ topic, partition: 0, offset: 1, metadata: '' }]);
    await expect(other).rejects.toMatchObject({ code: 'KAFKA_REFUSED' });
    await expect(groups.delete('alive')).rejects.toThrow('deleting group alive: the group still has members');
    await groups.leave('alive', memberId);
    await groups.leave('alive', memberId);
    await consumer.stop();
  });

  test('offsets are committed for a group without members, listed and deleted with it', async () => {
    await groups.commit('empty', [
      { topic, partition: 0, offset: 7, metadata: 'W=6' },
      { topic, partition: 2, offset: 0, metadata: '' },
    ]);
    expect([...(await groups.offsets('empty', topic, [0, 1, 2]))]).toEqual([
      [0, { offset: 7, metadata: 'W=6' }],
      [2, { offset: 0, metadata: '' }],
    ]);
    expect(await groups.list()).toContain('empty');
    await groups.delete('empty');
    await groups.delete('empty');
    expect(await groups.list()).not.toContain('empty');
  });

  test('calls after the end fail', async () => {
    const ended = createGroups(broker.connection);
    ended.close();
    await expect(ended.list()).rejects.toMatchObject({ code: 'KAFKA_UNREACHABLE' });
  });
});
