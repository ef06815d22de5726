import type { RawRequest } from '../../kafka/wire/raw.ts';
import { Reader, Writer } from './bytes.ts';

/** A partition: its leader, -1 if there is none, and how many of its replicas are in sync. */
export type PartitionSeen = { partition: number; leader: number; replicas: number; inSync: number };

/** A topic as it was described. `operations`: bits of what we may do with it, undefined where it was not told. */
export type TopicSeen = {
  errorCode: number;
  topic: string;
  partitions: PartitionSeen[];
  operations: number | undefined;
};

/** A cluster as one of its brokers describes it; `controller` is a broker id, -1 if there is none. */
export type ClusterSeen = {
  brokers: { id: number; host: string; port: number }[];
  clusterId: string | null;
  controller: number;
  topics: TopicSeen[];
  operations: number | undefined;
};

/** The versions of Metadata that are read here; 8 tells permissions too (KIP-430). */
export const METADATA = { key: 3, min: 5, max: 8 } as const;

const NOT_TOLD = -2_147_483_648;

/** Asks for these topics, or for all with null; creates none. */
export function metadataRequest(wanted: { version: number; topics: readonly string[] | null }): RawRequest {
  const { version, topics } = wanted;
  const body = new Writer();
  body.list(topics, (topic) => body.string(topic)).bool(false);
  if (version >= 8) body.bool(true).bool(true);
  return { key: METADATA.key, name: 'Metadata', version, flexible: false, body: body.bytes() };
}

/** Reads an answer of that version. */
export function readMetadata(bytes: Buffer, version: number): ClusterSeen {
  const reader = new Reader(bytes);
  const operations = () => (version >= 8 ? told(reader.int32()) : undefined);
  reader.int32(); // How long it throttles us.
  const brokers = reader.list(() => {
    const broker = { id: reader.int32(), host: reader.string(), port: reader.int32() };
    reader.nullableString(); // Its rack.
    return broker;
  });
  const clusterId = reader.nullableString();
  const controller = reader.int32();
  const topics = reader.list(() => {
    const [errorCode, topic] = [reader.int16(), reader.string()];
    reader.bool(); // Whether it is internal.
    const partitions = reader.list(() => readPartition(reader, version));
    return { errorCode, topic, partitions, operations: operations() };
  });
  return { brokers, clusterId, controller, topics, operations: operations() };
}

function readPartition(reader: Reader, version: number): PartitionSeen {
  reader.int16(); // Its error: that there is no leader, which the leader says too.
  const [partition, leader] = [reader.int32(), reader.int32()];
  if (version >= 7) reader.int32(); // The leader's epoch.
  const [replicas, inSync] = [reader.list(() => reader.int32()), reader.list(() => reader.int32())];
  reader.list(() => reader.int32()); // Replicas that are offline.
  return { partition, leader, replicas: replicas.length, inSync: inSync.length };
}

function told(bits: number): number | undefined {
  return bits === NOT_TOLD ? undefined : bits;
}
