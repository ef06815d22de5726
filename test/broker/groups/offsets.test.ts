import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ERRORS } from '../../../src/broker/protocol/errors.ts';
import { memberId, type Stage, stableGroup, stage } from './stage.ts';

let s: Stage;
beforeEach(() => {
  s = stage({ settings });
});
afterEach(() => s.dispose());

/** A short life for offsets, so that the fake clock has less to do. */
const HOUR = 3_600_000;
const settings = { offsetRetentionMs: HOUR, retentionCheckMs: HOUR / 60 };
const leave = (id: string) => s.leave([{ memberId: id, groupInstanceId: null }]);

describe('committing', () => {
  test('a member commits in its generation, with a word of metadata', async () => {
    const { leader, generationId } = await stableGroup(s);
    expect(s.commit(42, { memberId: leader, generationId })).toBe(ERRORS.NONE);
    const topics = [{ name: 'orders', partitionIndexes: [0, 1] }];
    expect(s.call(9, { groupId: 'g', topics })).toMatchObject({
      topics: [
        {
          partitions: [
            { committedOffset: 42, metadata: 'note', errorCode: 0 },
            { committedOffset: -1, metadata: '', errorCode: 0 },
          ],
        },
      ],
    });
  });

  test('no topics named asks for all that a group has committed', () => {
    s.commit(1);
    s.commit(2, { partition: 2 });
    expect(s.call(9, { groupId: 'g', topics: null })).toMatchObject({
      topics: [{ name: 'orders', partitions: [{ committedOffset: 1 }, { committedOffset: 2, partitionIndex: 2 }] }],
    });
  });

  test('somebody outside may commit while the group is empty, and not else', async () => {
    expect(s.commit(5)).toBe(ERRORS.NONE);
    await stableGroup(s);
    expect(s.commit(6)).toBe(ERRORS.UNKNOWN_MEMBER_ID);
    expect(s.committed()).toBe(5);
  });

  test('a negative offset is stored as it is', () => {
    expect(s.commit(-2)).toBe(ERRORS.NONE);
    expect(s.committed()).toBe(-2);
  });

  test('during the join phase a commit is taken: partitions are being handed over', async () => {
    const { leader, follower, generationId } = await stableGroup(s, 2);
    s.join({ memberId: leader });
    expect(s.commit(9, { memberId: follower, generationId })).toBe(ERRORS.NONE);
    expect(s.committed()).toBe(9);
  });

  test("between join and sync it is not: the partitions may be somebody else's", async () => {
    const id = await memberId(s);
    s.join({ memberId: id });
    s.clock.advance(150);
    expect(s.commit(9, { memberId: id, generationId: 1 })).toBe(ERRORS.REBALANCE_IN_PROGRESS);
    expect(s.committed()).toBe(-1);
  });

  test('renews the session', async () => {
    const { leader, generationId } = await stableGroup(s);
    for (let i = 0; i < 3; i++) {
      s.clock.advance(9_000);
      expect(s.commit(i, { memberId: leader, generationId })).toBe(ERRORS.NONE);
    }
  });

  test('a stranger gets 25 in a known group and 22 in an unknown one', async () => {
    const { leader, generationId } = await stableGroup(s);
    expect(s.commit(1, { memberId: 'stranger', generationId })).toBe(ERRORS.UNKNOWN_MEMBER_ID);
    expect(s.commit(1, { memberId: leader, generationId: 7 })).toBe(ERRORS.ILLEGAL_GENERATION);
    expect(s.commit(1, { memberId: 'stranger', generationId, groupId: 'nobody' })).toBe(ERRORS.ILLEGAL_GENERATION);
    expect(s.commit(1, { groupId: '' })).toBe(ERRORS.INVALID_GROUP_ID);
  });

  test('each partition is judged by itself', () => {
    const partition = (partitionIndex: number, committedMetadata: string | null) => ({
      ...{ partitionIndex, committedOffset: 3, committedLeaderEpoch: -1, committedMetadata },
    });
    const topics = [
      { name: 'orders', partitions: [partition(0, null), partition(3, ''), partition(1, 'é'.repeat(2_049))] },
      { name: 'nowhere', partitions: [partition(0, '')] },
    ];
    const request = {
      groupId: 'g',
      generationId: -1,
      memberId: '',
      groupInstanceId: null,
      retentionTimeMs: -1,
      topics,
    };
    expect(s.call(8, request)).toMatchObject({
      topics: [
        {
          partitions: [
            { errorCode: ERRORS.NONE },
            { errorCode: ERRORS.UNKNOWN_TOPIC_OR_PARTITION },
            { errorCode: ERRORS.OFFSET_METADATA_TOO_LARGE },
          ],
        },
        { partitions: [{ errorCode: ERRORS.UNKNOWN_TOPIC_OR_PARTITION }] },
      ],
    });
    expect(s.committed()).toBe(3);
  });

  test('passes its crash point only after it is stored', () => {
    s.commit(1);
    expect(s.reached).toContain('groups.offsets-stored');
  });
});

describe('forgetting offsets', () => {
  test('those of a deleted topic go with it', () => {
    s.commit(1);
    s.commit(2, { topic: 'other' });
    s.groups.topicDeleted('orders');
    expect([s.committed(), s.committed('other')]).toEqual([-1, 2]);
  });

  test("an empty group's age from the moment it became empty, not from the commit", async () => {
    const { leader, generationId } = await stableGroup(s, 1, { sessionTimeoutMs: 1_800_000 });
    s.commit(1, { memberId: leader, generationId });
    for (let i = 0; i < 4; i++) {
      s.clock.advance(HOUR / 3);
      s.heartbeat(leader, generationId);
    }
    expect(s.committed()).toBe(1);
    leave(leader);
    s.clock.advance(HOUR - 1);
    expect(s.committed()).toBe(1);
    s.clock.advance(HOUR / 30);
    expect(s.committed()).toBe(-1);
    expect(s.describe().groupState).toBe('Dead');
  });

  test('a living group keeps what it reads; a topic it left ages from its last commit', async () => {
    s.commit(1);
    s.commit(2, { topic: 'other' });
    const { leader, generationId } = await stableGroup(s, 1, { sessionTimeoutMs: 1_800_000 });
    for (let i = 0; i < 4; i++) {
      s.clock.advance(HOUR / 3);
      s.heartbeat(leader, generationId);
    }
    expect([s.committed(), s.committed('other')]).toEqual([1, -1]);
  });

  test('a commit that names its own retention is held to it', () => {
    s.commit(1, { retentionTimeMs: HOUR / 2 });
    s.clock.advance(HOUR / 2 - 1);
    expect(s.committed()).toBe(1);
    s.clock.advance(HOUR / 30);
    expect(s.committed()).toBe(-1);
  });

  test('OffsetDelete drops partitions of topics that the group does not read', async () => {
    s.commit(1);
    s.commit(2, { topic: 'other' });
    await stableGroup(s);
    const topics = ['orders', 'other', 'nowhere'].map((name) => ({ name, partitions: [{ partitionIndex: 0 }] }));
    expect(s.call(47, { groupId: 'g', topics })).toMatchObject({
      errorCode: ERRORS.NONE,
      topics: [
        { partitions: [{ errorCode: ERRORS.GROUP_SUBSCRIBED_TO_TOPIC }] },
        { partitions: [{ errorCode: ERRORS.NONE }] },
        { partitions: [{ errorCode: ERRORS.UNKNOWN_TOPIC_OR_PARTITION }] },
      ],
    });
    expect([s.committed(), s.committed('other')]).toEqual([1, -1]);
  });

  test('OffsetDelete of an unknown group or of a living one of another protocol is refused', async () => {
    expect(s.call(47, { groupId: 'nobody', topics: [] })).toMatchObject({ errorCode: ERRORS.GROUP_ID_NOT_FOUND });
    await stableGroup(s, 1, { protocolType: 'connect' });
    expect(s.call(47, { groupId: 'g', topics: [] })).toMatchObject({ errorCode: ERRORS.NON_EMPTY_GROUP });
  });
});
