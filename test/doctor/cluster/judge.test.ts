import { describe, expect, test } from 'vitest';
import { judgeNewest, judgeOffset } from '../../../src/doctor/cluster/clock.ts';
import { checkController } from '../../../src/doctor/cluster/controller.ts';
import { checkRetention, judgeDurability } from '../../../src/doctor/cluster/durability.ts';
import { type Commit, judgeGroup } from '../../../src/doctor/cluster/group.ts';
import { judgePermissions, resourcesOfTopics } from '../../../src/doctor/cluster/permissions.ts';
import { checkReplicas, judgeTopics } from '../../../src/doctor/cluster/topics.ts';
import { missing, NAMES, oursOf, seenOf, topicOf } from './seen.ts';

const { orders, inventoryEvents, deadLetters } = NAMES.topics;
const seen = seenOf({});

describe('our topics', () => {
  const judge = (topics: ReturnType<typeof topicOf>[], wishes = {}) =>
    judgeTopics({ ours: seenOf({ topics }), seen, names: NAMES }, wishes);

  test('that are there, alike', () => {
    expect(judgeTopics({ ours: oursOf(), seen, names: NAMES }, {})).toMatchObject({
      level: 'ok',
      found: 'orders, inventory-events and orders-dlt are there, 3 partitions each',
    });
  });

  test('that are missing will be made as the others are, or as was asked for', () => {
    const some = judge([topicOf(orders, 6), topicOf(inventoryEvents, 6), missing(deadLetters)]);
    expect(some.found).toBe('orders-dlt will be made, 6 partitions each, 3 replicas; the others are there');
    const none = judge([orders, inventoryEvents, deadLetters].map(missing), { partitions: 12, replicationFactor: 2 });
    expect(none.found).toContain('will be made, 12 partitions each, 2 replicas');
  });

  test('with different numbers of partitions are a failure', () => {
    const finding = judge([topicOf(orders, 3), topicOf(inventoryEvents, 6), topicOf(deadLetters, 3)]);
    expect(finding).toMatchObject({ level: 'fail', found: expect.stringContaining('inventory-events 6') });
  });

  test('that we may not see are a failure that names the permission', () => {
    const finding = judge([
      topicOf(orders, 0, { errorCode: 29 }),
      topicOf(inventoryEvents, 3),
      topicOf(deadLetters, 3),
    ]);
    expect(finding).toMatchObject({ level: 'fail', found: 'we may not even see orders' });
    expect(finding.fix).toContain('--operation Describe --topic orders');
  });

  test('that want more replicas than there are brokers are a failure', () => {
    expect(judge([orders, inventoryEvents, deadLetters].map(missing), { replicationFactor: 5 }).level).toBe('fail');
  });
});

describe('replicas', () => {
  test('that lag behind anywhere are a warning, a partition of ours without a leader a failure', () => {
    expect(checkReplicas({ ours: oursOf(), seen: oursOf() })).toMatchObject({ level: 'ok' });
    const behind = seenOf({ topics: [topicOf('other', 2, { inSync: 1 }), topicOf(orders, 3)] });
    const found = '2 of 5 partitions not fully in sync: other/0 (1 of 3) and other/1 (1 of 3)';
    expect(checkReplicas({ ours: oursOf(), seen: behind })).toMatchObject({ level: 'warn', found });
    const headless = topicOf(orders, 1, { partitions: [{ partition: 0, leader: -1, replicas: 3, inSync: 0 }] });
    const ours = seenOf({ topics: [headless] });
    expect(checkReplicas({ ours, seen: ours })).toMatchObject({ level: 'fail', found: 'without a leader: orders/0' });
  });

  test.each([
    [3, 2, 3, 'ok'],
    [1, 1, 1, 'ok'],
    [1, 1, 3, 'warn'],
    [2, 2, 3, 'warn'],
    [1, 2, 3, 'fail'],
  ])('%d, of which %d must be in sync, on %d brokers: %s', (replicas, minInSync, brokers, level) => {
    const finding = judgeDurability([{ topic: orders, replicas }], new Map([[orders, { minInSync }]]), brokers);
    expect(finding.level).toBe(level);
  });

  test('are judged by what is known where settings may not be read', () => {
    expect(judgeDurability([{ topic: orders, replicas: 3 }], new Map(), 3)).toMatchObject({ found: '3 replicas' });
  });
});

test.each([
  ['kept alike', { retentionMs: 604_800_000 }, { retentionMs: 604_800_000 }, 'ok', 'orders are kept 7 days'],
  ['kept for ever', {}, {}, 'ok', 'for ever'],
  ['output shorter', {}, { retentionMs: 3_600_000 }, 'warn', 'kept for less'],
  ['input compacted', { compacted: true }, {}, 'fail', 'compacted'],
])('retention: %s', (_, input, output, level, found) => {
  const config = { compacted: false, retentionMs: -1, retentionBytes: -1, minInSync: 1, timestamps: 'CreateTime' };
  const configs = new Map([
    [orders, { ...config, ...input }],
    [inventoryEvents, { ...config, ...output }],
  ]);
  const finding = checkRetention({ configs, names: NAMES, ours: oursOf() });
  expect(finding).toMatchObject({ level, found: expect.stringContaining(found) });
});

test('a cluster without a controller is a warning', () => {
  expect(checkController({ seen })).toMatchObject({
    level: 'ok',
    found: expect.stringContaining('broker 1 at b1:9092'),
  });
  expect(checkController({ seen: seenOf({ controller: -1 }) }).level).toBe('warn');
});

describe('a group', () => {
  const member = (clientId: string) => ({ memberId: 'm', clientId, clientHost: '/10.0.0.3', assignment: [] });
  const group = (more = {}) => ({ groupId: 'g', state: 'Empty', protocol: '', members: [], ...more });
  const commit = (more: Partial<Commit> = {}) => ({ topic: orders, partition: 0, offset: 5, low: 0, high: 9, ...more });
  const stable = (clientId: string, protocol = 'RoundRobinAssigner') =>
    group({ state: 'Stable', protocol, members: [member(clientId)] });

  test.each([
    ['empty, behind', group(), [commit()], 'ok', 'Empty, nobody in it, lag 4'],
    ['without a commit', group(), [], 'ok', 'Empty, nobody in it, nothing committed'],
    ['ours', stable('lunchrush-inventory-1'), [commit()], 'ok', 'Stable, 1 member, lag 4'],
    ['with a stranger', stable('console-consumer'), [], 'warn', 'console-consumer at /10.0.0.3'],
    ['of another way', stable('lunchrush-inventory-1', 'range'), [], 'fail', 'range, which we do not speak'],
    ['cut off below', group(), [commit({ low: 7 })], 'warn', '5 in orders/0, but retention has removed all below 7'],
    ['beyond the end', group(), [commit({ high: 2 })], 'warn', '5 in orders/0, but the end is 2'],
  ])('%s', (_, given, commits, level, found) => {
    expect(judgeGroup(given, commits)).toMatchObject({ level, found: expect.stringContaining(found) });
  });
});

describe('permissions', () => {
  const [READ, WRITE, CREATE, DESCRIBE, CONFIGS] = [3, 4, 5, 8, 10].map((bit) => 1 << bit) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const topics = (operations: number | undefined, cluster: number | undefined, partitions = 3) =>
    resourcesOfTopics({
      ours: seenOf({ topics: [topicOf(orders, partitions, { operations })] }),
      seen: seenOf({ operations: cluster }),
    });
  const usual = READ | WRITE | DESCRIBE;

  test('that are all there', () => {
    expect(judgePermissions(topics(usual | CONFIGS, 0))).toMatchObject({ level: 'ok' });
  });

  test('that are missing are named, with what grants them', () => {
    const finding = judgePermissions(topics(READ | DESCRIBE, 0));
    expect(finding).toMatchObject({ level: 'fail', found: 'not allowed: Write on Topic orders' });
    expect(finding.fix).toContain('--operation Write --topic orders');
  });

  test('to look at settings are good to have', () => {
    expect(judgePermissions(topics(usual, 0))).toMatchObject({
      level: 'warn',
      found: 'enough, but not allowed: DescribeConfigs on Topic orders',
    });
  });

  test('to create count where a topic is missing, on the topic or on the cluster', () => {
    expect(judgePermissions(topics(usual, 0, 0))).toMatchObject({ found: expect.stringContaining('Create on Topic') });
    expect(judgePermissions(topics(usual | CREATE | CONFIGS, 0, 0)).level).toBe('ok');
    expect(judgePermissions(topics(usual | CONFIGS, CREATE, 0)).level).toBe('ok');
  });

  test('that the broker does not tell are not judged', () => {
    expect(judgePermissions(topics(undefined, undefined))).toMatchObject({ level: 'ok' });
  });
});

describe("the cluster's clock", () => {
  test.each([
    [1_000, 'ok', 'agrees with ours (± 10 ms)'],
    [1_500, 'ok', '500 ms (± 10 ms) ahead of ours'],
    [-4_000, 'warn', '5.0 s (± 10 ms) behind ours'],
  ])('at %d by its own', (theirs, level, found) => {
    const finding = judgeOffset({ theirs, before: 990, after: 1_010 });
    expect(finding).toMatchObject({ level, found: expect.stringContaining(found) });
  });

  test('is only judged by the newest record where the cluster tells no time, and that is said', () => {
    const newest = { place: 'orders/1@9', timestamp: 10_000, byBroker: false };
    expect(judgeNewest(newest, 11_000)).toMatchObject({ level: 'ok', found: expect.stringContaining('orders/1@9') });
    expect(judgeNewest(newest, 4_000)).toMatchObject({ level: 'warn', found: expect.stringContaining('6.0 s') });
    expect(judgeNewest(undefined, 0)).toMatchObject({ level: 'ok', found: expect.stringContaining('not compared') });
  });
});
