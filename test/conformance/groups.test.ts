import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { APIS } from '../../src/broker/protocol/apis/table.ts';
import type { RawClient } from '../broker/raw-client.ts';
import { CLUSTERS, freshTopic } from './cluster.ts';

/** A group of its own, once its coordinator answers: a young cluster first says 14, 15 or 16. */
async function freshGroup(client: RawClient): Promise<string> {
  const key = `conformance-${randomBytes(6).toString('hex')}`;
  const find = async () => (await client.ask(APIS.findCoordinator, 2, { key, keyType: 0 })).errorCode;
  await expect.poll(find, { timeout: 20_000 }).toBe(0);
  const ready = async () => (await client.ask(APIS.describeGroups, 0, { groups: [key] })).groups[0]?.errorCode;
  await expect.poll(ready, { timeout: 20_000 }).toBe(0);
  return key;
}

async function commit(
  client: RawClient,
  groupId: string,
  name: string,
  who: { generationId?: number; memberId?: string } = {},
) {
  const partitions = [{ partitionIndex: 0, committedOffset: 7, committedLeaderEpoch: -1, committedMetadata: 'W=6' }];
  const request = { groupId, generationId: -1, memberId: '', topics: [{ name, partitions }], ...who };
  return (await client.ask(APIS.offsetCommit, 7, request)).topics[0]?.partitions[0]?.errorCode;
}

function join(client: RawClient, groupId: string, memberId = '') {
  const protocols = [{ name: 'range', metadata: Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 0]) }];
  const times = { sessionTimeoutMs: 10_000, rebalanceTimeoutMs: 10_000 };
  return client.ask(APIS.joinGroup, 5, { groupId, ...times, memberId, protocolType: 'consumer', protocols });
}

describe.each(CLUSTERS)('$name: coordinating groups', ({ connect }) => {
  test('what is committed to an empty group is kept with its metadata', async () => {
    const client = await connect();
    const [name, groupId] = [await freshTopic(client), await freshGroup(client)];
    expect(await commit(client, groupId, name)).toBe(0);
    const topics = [{ name, partitionIndexes: [0] }];
    const answer = await client.ask(APIS.offsetFetch, 5, { groupId, topics });
    expect(answer.topics[0]?.partitions).toMatchObject([{ committedOffset: 7, metadata: 'W=6', errorCode: 0 }]);
  });

  test('a member gets an id first, then a generation, and is fenced by both', async () => {
    const client = await connect();
    const [name, groupId] = [await freshTopic(client), await freshGroup(client)];
    const { errorCode, memberId } = await join(client, groupId);
    expect(errorCode).toBe(79);
    const joined = await join(client, groupId, memberId);
    expect(joined).toMatchObject({ errorCode: 0, generationId: 1, leader: memberId, protocolName: 'range' });
    const assignments = [{ memberId, assignment: Buffer.from('mine') }];
    const synced = await client.ask(APIS.syncGroup, 3, { groupId, generationId: 1, memberId, assignments });
    expect(synced).toMatchObject({ errorCode: 0, assignment: Buffer.from('mine') });
    const beat = async (generationId: number, id: string) =>
      (await client.ask(APIS.heartbeat, 3, { groupId, generationId, memberId: id })).errorCode;
    expect([await beat(1, memberId), await beat(0, memberId), await beat(1, 'stranger')]).toEqual([0, 22, 25]);
    expect(await commit(client, groupId, name, { generationId: 1, memberId })).toBe(0);
    expect(await commit(client, groupId, name, { generationId: 1, memberId: 'stranger' })).toBe(25);
    expect((await client.ask(APIS.deleteGroups, 1, { groupsNames: [groupId] })).results).toMatchObject([
      { errorCode: 68 },
    ]);
    const left = await client.ask(APIS.leaveGroup, 3, { groupId, members: [{ memberId, groupInstanceId: null }] });
    expect(left).toMatchObject({ errorCode: 0, members: [{ errorCode: 0 }] });
    expect((await client.ask(APIS.deleteGroups, 1, { groupsNames: [groupId] })).results).toMatchObject([
      { errorCode: 0 },
    ]);
  });

  test('a group that nobody knows is dead, and a member of it is of no generation', async () => {
    const client = await connect();
    const [name, groupId] = [await freshTopic(client), await freshGroup(client)];
    const { groups } = await client.ask(APIS.describeGroups, 4, { groups: [groupId] });
    expect(groups).toMatchObject([{ errorCode: 0, groupState: 'Dead', members: [] }]);
    expect(await commit(client, groupId, name, { generationId: 3, memberId: 'm' })).toBe(22);
  });
});
