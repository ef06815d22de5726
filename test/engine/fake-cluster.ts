import type { Cluster } from '../../src/engine/cluster.ts';
import { LunchrushError } from '../../src/errors.ts';
import type { OutRecord } from '../../src/kafka/partition-producer.ts';
import type { ConsumedRecord } from '../../src/kafka/record.ts';

export const TOPICS = { orders: 'orders', inventoryEvents: 'inventory-events', deadLetters: 'orders-dlt' };
export const GROUPS = { inventory: 'inventory-service-group', analytics: 'analytics-group' };
export const PIPELINE = { topics: TOPICS, groups: GROUPS };

/** A cluster in memory, whose offsets a test sets at will. */
export type FakeCluster = Cluster & {
  /** Records by `topic/partition`. */
  log: Map<string, ConsumedRecord[]>;
  /** Committed offsets by `group topic/partition`. */
  commits: Map<string, number>;
  /** State and member count by group. */
  states: Map<string, { state: string; members: number }>;
  /** Calls made, by name. */
  calls: string[];
  away: boolean;
  /** Appends n records. */
  append(topic: string, partition: number, n: number, value?: string): void;
  commit(groupId: string, topic: string, offsets: number[]): void;
};

const PARTITIONS = 3;

function bytes(from: string | Buffer | null): Buffer | null {
  return from === null ? null : Buffer.from(from);
}

export function createFakeCluster(): FakeCluster {
  const log = new Map<string, ConsumedRecord[]>();
  const commits = new Map<string, number>();
  const states = new Map<string, { state: string; members: number }>();
  const calls: string[] = [];
  const partitions = Array.from({ length: PARTITIONS }, (_, p) => p);
  const at = (topic: string, partition: number) => {
    const name = `${topic}/${partition}`;
    const records = log.get(name) ?? [];
    log.set(name, records);
    return records;
  };
  const add = (topic: string, partition: number, { key, value, timestamp, headers = {} }: OutRecord) => {
    const records = at(topic, partition);
    const list = Object.entries(headers).map(([name, text]) => ({ name, value: bytes([text].flat()[0] ?? null) }));
    records.push({ offset: records.length, timestamp, key: bytes(key), value: bytes(value), headers: list });
    return records.length - 1;
  };
  const asked = (call: string) => {
    calls.push(call);
    if (cluster.away) throw new LunchrushError('KAFKA_UNREACHABLE', 'nothing listens there');
  };
  const member = (groupId: string, n: number, of: number) => ({
    memberId: `${groupId}-${n}`,
    clientId: `client-${n}`,
    host: '/127.0.0.1',
    assignment: [...new Set([TOPICS.orders, ...(groupId === GROUPS.analytics ? [TOPICS.inventoryEvents] : [])])].map(
      (topic) => ({ topic, partitions: partitions.filter((p) => p % of === n) }),
    ),
  });
  const cluster: FakeCluster = {
    log,
    commits,
    states,
    calls,
    away: false,
    append(topic, partition, n, value = '{}') {
      for (let i = 0; i < n; i++) add(topic, partition, { key: null, value, timestamp: 0 });
    },
    commit(groupId, topic, offsets) {
      for (const [partition, offset] of offsets.entries()) commits.set(`${groupId} ${topic}/${partition}`, offset);
    },
    async watermarks(topic) {
      asked('watermarks');
      return partitions.map((partition) => ({ low: 0, high: at(topic, partition).length }));
    },
    async committed(groupId, topic) {
      asked('committed');
      return partitions.map((partition) => commits.get(`${groupId} ${topic}/${partition}`) ?? -1);
    },
    async allCommitted(groupId) {
      asked('allCommitted');
      return [...commits].flatMap(([key, offset]) => {
        const [group, where = ''] = key.split(' ');
        const [topic = '', partition] = where.split('/');
        return group === groupId && offset >= 0 ? [{ topic, partition: Number(partition), offset }] : [];
      });
    },
    async setOffsets(groupId, offsets) {
      asked('setOffsets');
      for (const { topic, partition, offset } of offsets) commits.set(`${groupId} ${topic}/${partition}`, offset);
    },
    async offsetsAt(topic, time) {
      asked('offsetsAt');
      return partitions.map((partition) => {
        const records = at(topic, partition);
        return records.find(({ timestamp }) => timestamp >= time)?.offset ?? records.length;
      });
    },
    async describe(groupIds) {
      asked('describe');
      return groupIds.map((groupId) => {
        const { state, members } = states.get(groupId) ?? { state: 'Stable', members: 1 };
        return {
          groupId,
          state,
          protocol: 'RoundRobinAssigner',
          members: Array.from({ length: members }, (_, n) => member(groupId, n, members)),
        };
      });
    },
    async groups() {
      asked('groups');
      return Object.values(GROUPS);
    },
    async topics() {
      asked('topics');
      return Promise.all(
        Object.values(TOPICS).map(async (topic) => ({ topic, watermarks: await cluster.watermarks(topic) })),
      );
    },
    async *read(topic, partition, { from, to, signal }) {
      asked('read');
      for (let offset = from; offset < to; offset += 2) {
        signal?.throwIfAborted();
        yield at(topic, partition).slice(offset, Math.min(to, offset + 2));
      }
    },
    sender: (topic, partition) => ({
      async send(records) {
        asked('send');
        const offsets = records.map((record) => add(topic, partition, record));
        return { baseOffset: offsets[0] ?? -1 };
      },
      async close() {},
    }),
    async close() {},
  };
  return cluster;
}
