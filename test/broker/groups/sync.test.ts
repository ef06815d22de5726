import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ERRORS } from '../../../src/broker/protocol/errors.ts';
import { connection, memberId, type Stage, settle, stableGroup, stage } from './stage.ts';

let s: Stage;
beforeEach(() => {
  s = stage();
});
afterEach(() => s.dispose());

/** A group of two that has joined and not synced. */
async function joinedPair() {
  const [leader, follower] = [await memberId(s), await memberId(s)];
  s.join({ memberId: leader });
  s.join({ memberId: follower });
  s.clock.advance(1_000);
  await settle();
  return { leader, follower };
}

describe('syncing', () => {
  test('followers wait for the leader, then everybody gets the share it made', async () => {
    const { leader, follower } = await joinedPair();
    const followed = s.sync({ memberId: follower, generationId: 1 });
    await settle();
    expect(followed.now).toBeUndefined();
    const assignments = [
      { memberId: leader, assignment: Buffer.from('a') },
      { memberId: follower, assignment: Buffer.from('b') },
    ];
    const led = s.sync({ memberId: leader, generationId: 1, assignments });
    await settle();
    expect(led.now).toMatchObject({ errorCode: ERRORS.NONE, assignment: Buffer.from('a') });
    expect(followed.now).toMatchObject({ errorCode: ERRORS.NONE, assignment: Buffer.from('b') });
  });

  test('a member that the leader left out gets no bytes', async () => {
    const { leader, follower } = await joinedPair();
    s.sync({ memberId: leader, generationId: 1, assignments: [] });
    const followed = s.sync({ memberId: follower, generationId: 1 });
    await settle();
    expect(followed.now).toMatchObject({ errorCode: ERRORS.NONE, assignment: Buffer.alloc(0) });
  });

  test('a stable group gives the stored share again', async () => {
    const { follower, generationId } = await stableGroup(s, 2);
    const again = s.sync({ memberId: follower, generationId });
    await settle();
    expect(again.now).toMatchObject({ errorCode: ERRORS.NONE, assignment: Buffer.from([1]) });
  });

  test('a sync during the next rebalance is told to join again', async () => {
    const { leader, follower, generationId } = await stableGroup(s, 2);
    s.join({ memberId: leader });
    const late = s.sync({ memberId: follower, generationId });
    await settle();
    expect(late.now?.errorCode).toBe(ERRORS.REBALANCE_IN_PROGRESS);
  });

  test('a rebalance that begins before the leader assigned sends the waiting to join again', async () => {
    const { follower } = await joinedPair();
    const followed = s.sync({ memberId: follower, generationId: 1 });
    s.join({ memberId: await memberId(s) });
    await settle();
    expect(followed.now?.errorCode).toBe(ERRORS.REBALANCE_IN_PROGRESS);
  });

  test('members that never sync are dropped after the rebalance timeout', async () => {
    const { leader, follower } = await joinedPair();
    const followed = s.sync({ memberId: follower, generationId: 1 });
    for (let i = 0; i < 5; i++) {
      s.clock.advance(5_500);
      expect(s.heartbeat(leader, 1)).toBe(ERRORS.NONE);
    }
    s.clock.advance(2_500);
    await settle();
    expect(followed.now?.errorCode).toBe(ERRORS.REBALANCE_IN_PROGRESS);
    expect(s.heartbeat(leader, 1)).toBe(ERRORS.UNKNOWN_MEMBER_ID);
    expect(s.describe()).toMatchObject({ groupState: 'PreparingRebalance', members: [{ memberId: follower }] });
  });

  test('a follower that never syncs is dropped although the group is stable', async () => {
    const { leader, follower } = await joinedPair();
    s.sync({ memberId: leader, generationId: 1 });
    for (let i = 0; i < 6; i++) {
      s.heartbeat(leader, 1);
      s.heartbeat(follower, 1);
      s.clock.advance(5_000);
    }
    expect(s.describe()).toMatchObject({ groupState: 'PreparingRebalance', members: [{ memberId: leader }] });
  });

  test('a stranger, another generation, an unknown group and an empty name are refused', async () => {
    const { leader, generationId } = await stableGroup(s);
    const cases = [
      s.sync({ memberId: 'stranger', generationId }),
      s.sync({ memberId: leader, generationId: generationId + 1 }),
      s.sync({ memberId: leader, generationId, groupId: 'nobody' }),
      s.sync({ memberId: leader, generationId, groupId: '' }),
    ];
    await settle();
    expect(cases.map(({ now }) => now?.errorCode)).toEqual([
      ERRORS.UNKNOWN_MEMBER_ID,
      ERRORS.ILLEGAL_GENERATION,
      ERRORS.UNKNOWN_MEMBER_ID,
      ERRORS.INVALID_GROUP_ID,
    ]);
  });

  test('a connection that goes while a sync is parked gets no answer, and the member one session', async () => {
    const { leader, follower } = await joinedPair();
    const cable = connection();
    const followed = s.sync({ memberId: follower, generationId: 1 }, { connection: cable });
    cable.cut();
    s.sync({ memberId: leader, generationId: 1 });
    await settle();
    expect(followed).toEqual({ now: undefined, gone: true });
    s.clock.advance(9_000);
    s.heartbeat(leader, 1);
    s.clock.advance(1_000);
    expect(s.describe().members.map((m) => m.memberId)).toEqual([leader]);
  });
});
