import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ERRORS } from '../../../src/broker/protocol/errors.ts';
import { connection, memberId, type Stage, settle, stableGroup, stage, subscription } from './stage.ts';

let s: Stage;
beforeEach(() => {
  s = stage();
});
afterEach(() => s.dispose());

describe('joining', () => {
  test('a dynamic member first gets an id of its own, made from its client id', async () => {
    const asked = s.join({}, { clientId: 'till' });
    await settle();
    expect(asked.now).toMatchObject({ errorCode: ERRORS.MEMBER_ID_REQUIRED, memberId: 'till-id1' });
  });

  test('before version 4 a member joins at once, without an id', async () => {
    const joined = s.join({}, { apiVersion: 3 });
    s.clock.advance(150);
    await settle();
    expect(joined.now).toMatchObject({ errorCode: ERRORS.NONE, generationId: 1 });
  });

  test('a given id that is not joined with within its session is forgotten', async () => {
    const id = await memberId(s);
    s.clock.advance(10_001);
    const late = s.join({ memberId: id });
    await settle();
    expect(late.now?.errorCode).toBe(ERRORS.UNKNOWN_MEMBER_ID);
  });

  test('a given id that is not joined with yet holds the join phase open', async () => {
    const { leader } = await stableGroup(s);
    const id = await memberId(s);
    const rejoined = s.join({ memberId: leader });
    await settle();
    expect(rejoined.now).toBeUndefined();
    s.join({ memberId: id });
    await settle();
    expect(rejoined.now?.members).toHaveLength(2);
  });

  test('the join phase ends when a given id expires', async () => {
    const { leader } = await stableGroup(s);
    await memberId(s);
    const rejoined = s.join({ memberId: leader });
    s.clock.advance(10_001);
    await settle();
    expect(rejoined.now).toMatchObject({ errorCode: ERRORS.NONE, generationId: 2 });
  });

  test('the first rebalance of an empty group waits a short delay', async () => {
    const joined = s.join({ memberId: await memberId(s) });
    s.clock.advance(149);
    await settle();
    expect(joined.now).toBeUndefined();
    s.clock.advance(1);
    await settle();
    expect(joined.now?.generationId).toBe(1);
  });

  test('members that arrive during the delay extend it, up to the rebalance timeout', async () => {
    const times = { rebalanceTimeoutMs: 400, sessionTimeoutMs: 6_000 };
    const first = s.join({ memberId: await memberId(s, times), ...times });
    for (let i = 0; i < 3; i++) {
      s.clock.advance(100);
      s.join({ memberId: await memberId(s, times), ...times });
    }
    s.clock.advance(99);
    await settle();
    expect(first.now).toBeUndefined();
    s.clock.advance(1);
    await settle();
    expect(first.now?.members).toHaveLength(4);
  });

  test('the leader hears of all members and their metadata, followers of none', async () => {
    const [a, b] = [await memberId(s), await memberId(s)];
    const joins = [s.join({ memberId: a }), s.join({ memberId: b })];
    s.clock.advance(1_000);
    await settle();
    expect(joins[0]?.now?.members.map(({ memberId: id }) => id)).toEqual([a, b]);
    expect(joins[0]?.now?.members[1]?.metadata).toEqual(subscription('orders'));
    expect(joins[1]?.now).toMatchObject({ leader: a, memberId: b, members: [], protocolName: 'range' });
  });

  test('a later rebalance waits for all known members', async () => {
    const { leader, follower } = await stableGroup(s, 2);
    const first = s.join({ memberId: leader });
    s.clock.advance(9_000);
    await settle();
    expect(first.now).toBeUndefined();
    s.join({ memberId: follower });
    await settle();
    expect(first.now?.generationId).toBe(2);
  });

  test('members that do not rejoin within the longest rebalance timeout are dropped', async () => {
    const { leader, follower } = await stableGroup(s, 2, { sessionTimeoutMs: 60_000 });
    const first = s.join({ memberId: leader, sessionTimeoutMs: 60_000 });
    s.clock.advance(30_000);
    await settle();
    expect(first.now?.members.map(({ memberId: id }) => id)).toEqual([leader]);
    expect(s.heartbeat(follower, 2)).toBe(ERRORS.UNKNOWN_MEMBER_ID);
  });

  test('while only an absent static member is left, the join phase stays open until its session ends', async () => {
    const fixed = { groupInstanceId: 'till', sessionTimeoutMs: 60_000 };
    const joined = s.join(fixed);
    s.clock.advance(1_000);
    await settle();
    const id = joined.now?.memberId ?? '';
    const other = s.join({ memberId: await memberId(s) });
    await settle();
    expect(s.describe().groupState).toBe('PreparingRebalance');
    s.leave([{ memberId: s.describe().members[1]?.memberId ?? '', groupInstanceId: null }]);
    await settle();
    expect(other.now?.errorCode).toBe(ERRORS.UNKNOWN_MEMBER_ID);
    s.clock.advance(30_001);
    expect(s.describe()).toMatchObject({ groupState: 'PreparingRebalance', members: [{ memberId: id }] });
    s.clock.advance(60_000);
    expect(s.describe()).toMatchObject({ groupState: 'Empty', members: [] });
  });

  test('a member whose join is parked does not lose its session meanwhile', async () => {
    const { leader } = await stableGroup(s, 2, { rebalanceTimeoutMs: 60_000, sessionTimeoutMs: 50_000 });
    const first = s.join({ memberId: leader, sessionTimeoutMs: 6_000, rebalanceTimeoutMs: 60_000 });
    s.clock.advance(40_000);
    await settle();
    expect(first.now).toBeUndefined();
    s.clock.advance(11_000);
    await settle();
    expect(first.now).toMatchObject({ errorCode: ERRORS.NONE, generationId: 2 });
  });

  test('a follower of a stable group that says nothing new stays in its generation', async () => {
    const { follower, generationId } = await stableGroup(s, 2);
    const again = s.join({ memberId: follower });
    await settle();
    expect(again.now).toMatchObject({ errorCode: ERRORS.NONE, generationId, members: [] });
    expect(s.describe().groupState).toBe('Stable');
  });

  test('a leader that rejoins a stable group brings a rebalance', async () => {
    const { leader } = await stableGroup(s, 2);
    s.join({ memberId: leader });
    expect(s.describe().groupState).toBe('PreparingRebalance');
  });

  test('a follower with another subscription brings a rebalance', async () => {
    const { follower } = await stableGroup(s, 2);
    s.join({ memberId: follower, protocols: [{ name: 'range', metadata: subscription('orders', 'other') }] });
    expect(s.describe().groupState).toBe('PreparingRebalance');
  });

  test('a join whose answer got lost is answered again, before the leader has assigned', async () => {
    const id = await memberId(s);
    s.join({ memberId: id });
    s.clock.advance(150);
    const again = s.join({ memberId: id });
    await settle();
    expect(again.now).toMatchObject({ errorCode: ERRORS.NONE, generationId: 1, leader: id });
    expect(again.now?.members).toHaveLength(1);
  });

  test('the assignor that most members like best is chosen, of those that all offer', async () => {
    const offer = (...names: string[]) => names.map((name) => ({ name, metadata: subscription('orders') }));
    const first = s.join({ memberId: await memberId(s), protocols: offer('only-mine', 'sticky', 'range') });
    s.join({ memberId: await memberId(s), protocols: offer('range', 'sticky') });
    s.join({ memberId: await memberId(s), protocols: offer('range', 'sticky') });
    s.clock.advance(1_000);
    await settle();
    expect(first.now?.protocolName).toBe('range');
  });
});

describe('a join is refused', () => {
  const refusals: [string, Parameters<Stage['join']>[0], number][] = [
    ['with an empty group id', { groupId: '' }, ERRORS.INVALID_GROUP_ID],
    ['with a session shorter than 6 s', { sessionTimeoutMs: 5_999 }, ERRORS.INVALID_SESSION_TIMEOUT],
    ['with a session longer than 30 min', { sessionTimeoutMs: 1_800_001 }, ERRORS.INVALID_SESSION_TIMEOUT],
    ['with an id that nobody gave', { memberId: 'stranger' }, ERRORS.UNKNOWN_MEMBER_ID],
    ['with an id, to a group that is not there', { groupId: 'new', memberId: 'x' }, ERRORS.UNKNOWN_MEMBER_ID],
    ['of another protocol type', { protocolType: 'connect' }, ERRORS.INCONSISTENT_GROUP_PROTOCOL],
    ['without protocols', { protocols: [] }, ERRORS.INCONSISTENT_GROUP_PROTOCOL],
    [
      'with no assignor in common',
      { protocols: [{ name: 'mine', metadata: Buffer.alloc(0) }] },
      ERRORS.INCONSISTENT_GROUP_PROTOCOL,
    ],
    ['under the instance id of nobody', { memberId: 'x', groupInstanceId: 'y' }, ERRORS.UNKNOWN_MEMBER_ID],
  ];
  test.each(refusals)('%s', async (_, fields, errorCode) => {
    await stableGroup(s);
    const refused = s.join(fields);
    await settle();
    expect(refused.now?.errorCode).toBe(errorCode);
    expect(s.describe().groupState).toBe('Stable');
  });

  test('by a full group', async () => {
    s.dispose();
    s = stage({ settings: { maxMembers: 2 } });
    await stableGroup(s, 2);
    const refused = s.join();
    await settle();
    expect(refused.now?.errorCode).toBe(ERRORS.GROUP_MAX_SIZE_REACHED);
  });
});

describe('a connection that goes while a join is parked', () => {
  test('gets no answer, and its member has one session to come back', async () => {
    const { leader } = await stableGroup(s, 2);
    const cable = connection();
    const parked = s.join({ memberId: leader }, { connection: cable });
    cable.cut();
    await settle();
    expect(parked).toEqual({ now: undefined, gone: true });
    s.clock.advance(9_999);
    expect(s.describe().members.map((m) => m.memberId)).toContain(leader);
    s.clock.advance(1);
    expect(s.describe().members.map((m) => m.memberId)).not.toContain(leader);
  });

  test('leaves no timer behind once its member is gone', async () => {
    const idle = s.clock.timers;
    const cable = connection();
    s.join({ memberId: await memberId(s) }, { connection: cable });
    cable.cut();
    s.clock.advance(60_000);
    expect(s.describe()).toMatchObject({ groupState: 'Empty', members: [] });
    expect(s.clock.timers).toBe(idle);
  });

  test('asks for nothing any more: what it sent before is not done', async () => {
    const cable = connection();
    cable.cut();
    const late = s.join({ groupId: 'late' }, { connection: cable, apiVersion: 3 });
    await settle();
    expect(late.gone).toBe(true);
    expect(s.describe('late').groupState).toBe('Dead');
  });
});

describe('static members', () => {
  const till = { groupInstanceId: 'till' };
  async function joined(fields = {}) {
    const answer = s.join({ ...till, ...fields });
    s.clock.advance(1_000);
    await settle();
    return answer.now;
  }

  test('need no second round for an id', async () => {
    expect(await joined()).toMatchObject({ errorCode: ERRORS.NONE, memberId: 'till-id1', generationId: 1 });
  });

  test('come back under a new id without a rebalance, and keep their share', async () => {
    const first = await joined();
    const share = Buffer.from('share');
    s.sync({ memberId: 'till-id1', generationId: 1, assignments: [{ memberId: 'till-id1', assignment: share }] });
    const back = await joined();
    expect(back).toMatchObject({ errorCode: ERRORS.NONE, memberId: 'till-id2', generationId: first?.generationId });
    const synced = s.sync({ memberId: 'till-id2', generationId: 1, ...till });
    await settle();
    expect(synced.now?.assignment).toEqual(share);
  });

  test('a returning leader is told who led before, so that it does not assign anew', async () => {
    await joined();
    s.sync({ memberId: 'till-id1', generationId: 1 });
    expect(await joined()).toMatchObject({ leader: 'till-id1', members: [] });
  });

  test('the old id is fenced off', async () => {
    await joined();
    s.sync({ memberId: 'till-id1', generationId: 1 });
    await joined();
    expect(s.heartbeat('till-id1', 1, till)).toBe(ERRORS.FENCED_INSTANCE_ID);
    expect(s.heartbeat('till-id2', 1, till)).toBe(ERRORS.NONE);
    expect(s.commit(5, { memberId: 'till-id1', generationId: 1, ...till })).toBe(ERRORS.FENCED_INSTANCE_ID);
  });

  test('a parked answer of the old id is fenced off', async () => {
    const parked = s.join(till);
    s.join(till);
    await settle();
    expect(parked.now?.errorCode).toBe(ERRORS.FENCED_INSTANCE_ID);
  });

  test('coming back with another assignor brings a rebalance', async () => {
    await joined();
    s.sync({ memberId: 'till-id1', generationId: 1 });
    const back = await joined({ protocols: [{ name: 'sticky', metadata: subscription('orders') }] });
    expect(back).toMatchObject({ generationId: 2, protocolName: 'sticky' });
  });
});
