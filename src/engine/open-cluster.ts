import type { Connection, LogSink } from '../kafka/client.ts';
import { createGroups } from '../kafka/groups.ts';
import { createPartitionProducer } from '../kafka/partition-producer.ts';
import { createPartitionReader, type PartitionReader } from '../kafka/partition-reader.ts';
import { listTopics } from '../kafka/records.ts';
import type { Cluster } from './cluster.ts';

/** Partitions of a topic are asked for once: those of our topics do not change while the pipeline runs. */
function rememberPartitions(reader: PartitionReader): (topic: string) => Promise<number[]> {
  const known = new Map<string, number[]>();
  return async (topic) => {
    const partitions = known.get(topic) ?? (await reader.partitions(topic));
    known.set(topic, partitions);
    return partitions;
  };
}

/** The cluster behind a connection. Nothing is opened before the first call. */
export function openCluster(connection: Connection, log?: LogSink): Cluster {
  const how = log ? { log } : {};
  const reader = createPartitionReader(connection, how);
  const groups = createGroups(connection, how);
  const partitionsOf = rememberPartitions(reader);
  return {
    async watermarks(topic) {
      const partitions = await partitionsOf(topic);
      const marks = await reader.watermarks(topic, partitions);
      return partitions.map((partition) => marks.get(partition) ?? { low: 0, high: 0 });
    },
    async committed(groupId, topic) {
      const partitions = await partitionsOf(topic);
      const offsets = await groups.offsets(groupId, topic, partitions);
      return partitions.map((partition) => offsets.get(partition)?.offset ?? -1);
    },
    async allCommitted(groupId) {
      const offsets = await groups.allOffsets(groupId);
      return offsets.map(({ topic, partition, offset }) => ({ topic, partition, offset }));
    },
    setOffsets: (groupId, offsets) =>
      groups.commit(
        groupId,
        offsets.map((each) => ({ ...each, metadata: '' })),
      ),
    async offsetsAt(topic, at) {
      const partitions = await partitionsOf(topic);
      const offsets = await reader.offsetsAt(topic, partitions, at);
      return partitions.map((partition) => offsets.get(partition) ?? 0);
    },
    async describe(groupIds) {
      const described = await groups.describe(groupIds);
      return described.map(({ members, ...group }) => ({
        ...group,
        members: members.map(({ clientHost, ...member }) => ({ ...member, host: clientHost })),
      }));
    },
    groups: () => groups.list(),
    async topics() {
      const topics = await listTopics(connection, log);
      return topics.map(({ topic, partitions }) => ({
        topic,
        watermarks: partitions.map(({ low, high }) => ({ low, high })),
      }));
    },
    read: (topic, partition, range) => reader.read(topic, partition, range),
    sender: (topic, partition) => createPartitionProducer(connection, { topic, partition, ...how }),
    async close() {
      reader.close();
      groups.close();
    },
  };
}
