import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ERRORS } from '../../../src/broker/protocol/errors.ts';
import { memberId, type Stage, settle, stableGroup, stage, subscription } from './stage.ts';

let s: Stage;
beforeEach(() => {
  s = stage();
});
afterEach(() => s.dispose());

const who = (...ids: string[]) => ids.map((id) => ({ memberId: id, groupInstanceId: null }));

describe('heartbeats', () => {
  test('keep a member alive', async () => {
    const { leader, generationId } = await stableGroup(s);
    for (let i = 0; i < 10; i++) {
      s.clock.advance(9_999);
      expect(s.heartbeat(leader, generationId)).toBe(ERRORS.NONE);
    }
  });

  test('a member that is silent for its session is dropped, and the others rebalance', async () => {
    const { leader, follower, generationId } = await stableGroup(s, 2);
    s.clock.advance(9_000);
    s.heartbeat(leader, generationId);
    s.clock.advance(1_000);
    expect(s.heartbeat(leader, generationId)).toBe(ERRORS.REBALANCE_IN_PROGRESS);
    expect(s.heartbeat(follower, generationId)).toBe(ERRORS.UNKNOWN_MEMBER_ID);
  });

  test('during the join phase they say so, and still renew the session', async () => {
    const { leader, follower, generationId } = await stableGroup(s, 2);
    s.join({ memberId: leader });
    for (let i = 0; i < 2; i++) {
      s.clock.advance(9_000);
      expect(s.heartbeat(follower, generationId)).toBe(ERRORS.REBALANCE_IN_PROGRESS);
    }
    expect(s.describe().members).toHaveLength(2);
  });

  test('between join and sync they are fine', async () => {
    const id = await memberId(s);
    s.join({ memberId: id });
    s.clock.advance(150);
    expect(s.describe().groupState).toBe('CompletingRebalance');
    expect(s.heartbeat(id, 1)).toBe(ERRORS.NONE);
  });

  test('of strangers, empty ids, other generations and unknown groups are refused', async () => {
    const { leader, generationId } = await stableGroup(s);
    expect(s.heartbeat('stranger', generationId)).toBe(ERRORS.UNKNOWN_MEMBER_ID);
    expect(s.heartbeat('', generationId)).toBe(ERRORS.UNKNOWN_MEMBER_ID);
    expect(s.heartbeat(leader, generationId + 1)).toBe(ERRORS.ILLEGAL_GENERATION);
    expect(s.heartbeat(leader, generationId, { groupId: 'nobody' })).toBe(ERRORS.UNKNOWN_MEMBER_ID);
    expect(s.heartbeat(leader, generationId, { groupId: '' })).toBe(ERRORS.INVALID_GROUP_ID);
  });

  test('that were not read because this process stood still cost nobody the session', async () => {
    const { leader, generationId } = await stableGroup(s);
    s.clock.advance(5_000);
    s.clock.stall(20_000);
    expect(s.heartbeat(leader, generationId)).toBe(ERRORS.NONE);
    s.clock.advance(10_000);
    expect(s.heartbeat(leader, generationId)).toBe(ERRORS.UNKNOWN_MEMBER_ID);
  });

  test('a stall that ends just after a session would have ended is forgiven as well', async () => {
    const { leader, generationId } = await stableGroup(s);
    s.clock.advance(7_000);
    s.clock.stall(3_001);
    expect(s.heartbeat(leader, generationId)).toBe(ERRORS.NONE);
  });
});

describe('leaving', () => {
  test('is at once: the others rebalance', async () => {
    const { leader, follower, generationId } = await stableGroup(s, 2);
    expect(s.leave(who(follower)).members[0]?.errorCode).toBe(ERRORS.NONE);
    expect(s.heartbeat(leader, generationId)).toBe(ERRORS.REBALANCE_IN_PROGRESS);
    expect(s.heartbeat(follower, generationId)).toBe(ERRORS.UNKNOWN_MEMBER_ID);
  });

  test('when the leader leaves, the next member leads', async () => {
    const { leader, follower } = await stableGroup(s, 2);
    s.leave(who(leader));
    const rejoined = s.join({ memberId: follower });
    await settle();
    expect(rejoined.now).toMatchObject({ leader: follower, generationId: 2 });
  });

  test('the last one leaves an empty group in the next generation', async () => {
    const { leader, generationId } = await stableGroup(s);
    s.leave(who(leader));
    expect(s.describe()).toMatchObject({ groupState: 'Empty', members: [], protocolType: 'consumer' });
    const next = await stableGroup(s);
    expect(next.generationId).toBe(generationId + 2);
  });

  test('answers a join that the member has parked', async () => {
    const { leader } = await stableGroup(s, 2);
    const parked = s.join({ memberId: leader });
    s.leave(who(leader));
    await settle();
    expect(parked.now?.errorCode).toBe(ERRORS.UNKNOWN_MEMBER_ID);
  });

  test('gives a member id back that was not joined with yet', async () => {
    const id = await memberId(s);
    expect(s.leave(who(id)).members[0]?.errorCode).toBe(ERRORS.NONE);
    expect(s.leave(who(id)).members[0]?.errorCode).toBe(ERRORS.UNKNOWN_MEMBER_ID);
  });

  test('several at once are told apart, by member id and by instance id', async () => {
    s.join({ groupInstanceId: 'till' });
    s.clock.advance(1_000);
    s.sync({ memberId: 'till-id1', generationId: 1 });
    const leaving = [
      ...who('stranger'),
      { memberId: '', groupInstanceId: 'till' },
      { memberId: 'x', groupInstanceId: 'y' },
    ];
    const codes = s.leave(leaving).members.map(({ errorCode }) => errorCode);
    expect(codes).toEqual([ERRORS.UNKNOWN_MEMBER_ID, ERRORS.NONE, ERRORS.UNKNOWN_MEMBER_ID]);
  });

  test('of a static id by somebody else is fenced off', async () => {
    s.join({ groupInstanceId: 'till' });
    s.clock.advance(1_000);
    const answer = s.leave([{ memberId: 'other', groupInstanceId: 'till' }]);
    expect(answer.members[0]?.errorCode).toBe(ERRORS.FENCED_INSTANCE_ID);
  });

  test('before version 3 one member is named, and the error stands on top', async () => {
    const { leader } = await stableGroup(s);
    const leave = (memberId: string) =>
      s.call<{ errorCode: number }>(13, { groupId: 'g', memberId, members: [] }, { apiVersion: 2 }).errorCode;
    expect(leave('stranger')).toBe(ERRORS.UNKNOWN_MEMBER_ID);
    expect(leave(leader)).toBe(ERRORS.NONE);
  });

  test('an unknown group knows no member, an empty name no group', async () => {
    expect(s.leave(who('x'), 'nobody').members[0]?.errorCode).toBe(ERRORS.UNKNOWN_MEMBER_ID);
    expect(s.leave(who('x'), '').errorCode).toBe(ERRORS.INVALID_GROUP_ID);
  });
});

describe('telling of groups', () => {
  test('a stable group is described with metadata and shares', async () => {
    const { leader } = await stableGroup(s);
    expect(s.describe()).toMatchObject({
      ...{ errorCode: ERRORS.NONE, groupState: 'Stable', protocolType: 'consumer', protocolData: 'range' },
      members: [
        {
          ...{ memberId: leader, clientId: 'app', clientHost: '/127.0.0.1' },
          memberMetadata: subscription('orders'),
          memberAssignment: Buffer.from([0]),
        },
      ],
    });
  });

  test('a rebalancing group is described without them', async () => {
    const { leader } = await stableGroup(s, 2);
    s.join({ memberId: leader });
    const { protocolData, members } = s.describe();
    expect(protocolData).toBe('');
    expect(members[0]).toMatchObject({ memberMetadata: Buffer.alloc(0), memberAssignment: Buffer.alloc(0) });
  });

  test('a group that nobody knows is dead, and that is no error', () => {
    expect(s.describe('nobody')).toMatchObject({ errorCode: ERRORS.NONE, groupState: 'Dead', members: [] });
  });

  test('all groups are listed with their protocol type', async () => {
    await stableGroup(s);
    s.commit(1, { groupId: 'tool' });
    expect(s.call(16, {})).toMatchObject({
      groups: [
        { groupId: 'g', protocolType: 'consumer' },
        { groupId: 'tool', protocolType: '' },
      ],
    });
  });

  test('a group is deleted only when empty', async () => {
    const { leader } = await stableGroup(s);
    s.commit(7, { memberId: leader, generationId: 1 });
    expect(s.deleteGroup()).toBe(ERRORS.NON_EMPTY_GROUP);
    s.leave(who(leader));
    expect(s.deleteGroup()).toBe(ERRORS.NONE);
    expect(s.deleteGroup()).toBe(ERRORS.GROUP_ID_NOT_FOUND);
    expect(s.deleteGroup('')).toBe(ERRORS.INVALID_GROUP_ID);
    expect(s.committed()).toBe(-1);
  });

  test('this broker coordinates every group, and no transaction', () => {
    const find = (key: string, keyType: number) => s.call(10, { key, keyType }, { apiVersion: 2 });
    expect(find('g', 0)).toMatchObject({ errorCode: ERRORS.NONE, nodeId: 1, host: '127.0.0.1', port: 9092 });
    expect(find('tx', 1)).toMatchObject({ errorCode: ERRORS.INVALID_REQUEST, nodeId: -1 });
    expect(find('', 0)).toMatchObject({ errorCode: ERRORS.INVALID_GROUP_ID });
  });
});
