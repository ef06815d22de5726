import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Groups, RequestContext } from '../../../src/broker/api.ts';
import { createGroups, type GroupsTuning } from '../../../src/broker/groups/groups.ts';
import type * as M from '../../../src/broker/groups/messages.ts';
import { createFakeClock, type FakeClock } from '../fake-clock.ts';

/** A connection of a test, which it can cut. */
export type TestConnection = RequestContext['connection'] & { cut(): void };

/** An answer that may still be parked; `gone` once it is clear that none will come. */
export type Answer<T> = { now: T | undefined; gone: boolean };

export function connection(): TestConnection {
  const listeners = new Set<() => void>();
  let closed = false;
  return {
    get closed() {
      return closed;
    },
    onClose(listener) {
      if (closed) listener();
      else listeners.add(listener);
      return () => listeners.delete(listener);
    },
    cut() {
      closed = true;
      for (const listener of listeners) listener();
    },
  };
}

export type StageOptions = GroupsTuning & { dataDir?: string; clock?: FakeClock; reached?: (point: string) => void };

/** A coordinator on a fake clock, and one verb per API to speak to it. */
export function stage(options: StageOptions = {}) {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'groups-'));
  const clock = options.clock ?? createFakeClock();
  const topics = new Map([
    ['orders', 3],
    ['other', 1],
  ]);
  const logged: string[] = [];
  const reached: string[] = [];
  let ids = 0;
  const groups: Groups = createGroups({
    log: (level, message) => logged.push(`${level} ${message}`),
    reached: (point) => reached.push(point),
    topicExists: (topic) => topics.has(topic),
    partitionsOf: (topic) => topics.get(topic),
    address: () => ({ nodeId: 1, host: '127.0.0.1', port: 9092 }),
    newId: () => `id${++ids}`,
    ...options,
    dataDir,
    clock,
  });
  void groups.start();

  const call = <Response>(apiKey: number, request: unknown, context: Partial<RequestContext> = {}) => {
    const respond = groups.apis[apiKey] as (request: unknown, context: RequestContext) => unknown;
    const full = { apiKey, apiVersion: 3, clientId: 'app', host: '/127.0.0.1', connection: connection(), ...context };
    return respond(request, full) as Response;
  };
  return {
    ...{ groups, clock, topics, logged, reached, dataDir },
    call,
    /** JoinGroup v5; the answer is `undefined` while it is parked. Settles on the microtask queue: await `settle()`. */
    join(fields: Partial<M.JoinGroupRequest> = {}, context: Partial<RequestContext> = {}) {
      const request = { ...JOIN, ...fields };
      return watch(call<Promise<M.JoinGroupResponse>>(11, request, { apiVersion: 5, ...context }));
    },
    sync(fields: Partial<M.SyncGroupRequest> & { memberId: string; generationId: number }, context = {}) {
      const request = { groupId: 'g', groupInstanceId: null, assignments: [], ...fields };
      return watch(call<Promise<M.SyncGroupResponse>>(14, request, context));
    },
    heartbeat: (memberId: string, generationId: number, fields: Partial<M.HeartbeatRequest> = {}) =>
      call<M.HeartbeatResponse>(12, { groupId: 'g', groupInstanceId: null, memberId, generationId, ...fields })
        .errorCode,
    leave: (members: M.LeavingMember[], groupId = 'g') =>
      call<M.LeaveGroupResponse>(13, { groupId, memberId: '', members }),
    commit(offset: number, fields: Partial<M.OffsetCommitRequest> & { topic?: string; partition?: number } = {}) {
      const { topic = 'orders', partition = 0, ...rest } = fields;
      const partitions = [
        { partitionIndex: partition, committedOffset: offset, committedLeaderEpoch: -1, committedMetadata: 'note' },
      ];
      const request = {
        ...{ groupId: 'g', generationId: -1, memberId: '', groupInstanceId: null, retentionTimeMs: -1 },
        topics: [{ name: topic, partitions }],
        ...rest,
      };
      return call<M.OffsetCommitResponse>(8, request).topics[0]?.partitions[0]?.errorCode;
    },
    committed(topic = 'orders', partition = 0, groupId = 'g') {
      const topics = [{ name: topic, partitionIndexes: [partition] }];
      return call<M.OffsetFetchResponse>(9, { groupId, topics }).topics[0]?.partitions[0]?.committedOffset;
    },
    describe: (groupId = 'g') =>
      call<M.DescribeGroupsResponse>(15, { groups: [groupId] }).groups[0] as M.DescribedGroup,
    deleteGroup: (groupId = 'g') => call<M.DeleteGroupsResponse>(42, { groupsNames: [groupId] }).results[0]?.errorCode,
    /** Stops it; the files stay. */
    stop: () => groups.close(),
    dispose() {
      void groups.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export type Stage = ReturnType<typeof stage>;

const JOIN: M.JoinGroupRequest = {
  groupId: 'g',
  sessionTimeoutMs: 10_000,
  rebalanceTimeoutMs: 30_000,
  memberId: '',
  groupInstanceId: null,
  protocolType: 'consumer',
  protocols: [{ name: 'range', metadata: subscription('orders') }],
};

/** What a consumer tells its leader: version 0, its topics, no user data. */
export function subscription(...topics: string[]): Buffer {
  const names = topics.map((topic) => {
    const bytes = Buffer.alloc(2 + topic.length);
    bytes.writeInt16BE(topic.length);
    bytes.write(topic, 2);
    return bytes;
  });
  const head = Buffer.alloc(6);
  head.writeInt32BE(topics.length, 2);
  return Buffer.concat([head, ...names, Buffer.from([255, 255, 255, 255])]);
}

/** Lets answered promises reach who watches them. */
export const settle = () => new Promise((resolve) => setImmediate(resolve));

function watch<T>(answer: T | Promise<T | undefined>): Answer<T> {
  const watched: Answer<T> = { now: undefined, gone: false };
  void Promise.resolve(answer).then((response) => {
    if (response === undefined) watched.gone = true;
    watched.now = response;
  });
  return watched;
}

/** A member id, as KIP-394 gives it out. */
export async function memberId(s: Stage, fields: Partial<M.JoinGroupRequest> = {}): Promise<string> {
  const asked = s.join(fields);
  await settle();
  return asked.now?.memberId ?? '';
}

/** A stable group of `size` members, the leader first; everybody holds one byte: its place. */
export async function stableGroup(s: Stage, size = 1, fields: Partial<M.JoinGroupRequest> = {}) {
  const ids: string[] = [];
  for (let i = 0; i < size; i++) ids.push(await memberId(s, fields));
  const joins = ids.map((id) => s.join({ memberId: id, ...fields }));
  s.clock.advance(1_000);
  await settle();
  const generationId = joins[0]?.now?.generationId ?? -1;
  const assignments = ids.map((id, i) => ({ memberId: id, assignment: Buffer.from([i]) }));
  const syncs = ids.toReversed().map((id) => s.sync({ memberId: id, generationId, assignments }));
  await settle();
  if (syncs.some(({ now }) => now?.errorCode !== 0)) throw new Error('the group did not get stable');
  return { ids, generationId, leader: ids[0] as string, follower: ids[1] ?? '' };
}
