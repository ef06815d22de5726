import type { Connection, LogSink } from './client.ts';
import { CODE, check, OffsetOutOfRange } from './errors.ts';
import type { ConsumedRecord } from './record.ts';
import { fetch } from './wire/fetch.ts';
import { leaderOf, partitionsOf, type TopicPartition } from './wire/find.ts';
import type { Cluster } from './wire/kafkajs.ts';
import { createLink } from './wire/link.ts';
import { EARLIEST, LATEST, listOffsets } from './wire/offsets.ts';
import { type Decoded, decodeBatches } from './wire/record-batches.ts';

/** A partition holds offsets [low, high); `high` is the high watermark. */
export type Watermarks = { low: number; high: number };

/** Reads partitions outside every group: nobody sees it, nothing is committed. */
export type PartitionReader = {
  /** Numbers of the topic's partitions, in order. */
  partitions(topic: string): Promise<number[]>;
  watermarks(topic: string, partitions: readonly number[]): Promise<Map<number, Watermarks>>;
  /** The first offset at or after a time in milliseconds; the high watermark where nothing is that young. */
  offsetsAt(topic: string, partitions: readonly number[], timestamp: number): Promise<Map<number, number>>;
  /**
   * Exactly the records with offsets in [from, to), batch by batch and at most about a megabyte at a time. It waits for
   * records that are not there yet. Rejects with OffsetOutOfRange if `from` is not in the partition.
   */
  read(
    topic: string,
    partition: number,
    range: { from: number; to: number; signal?: AbortSignal | undefined },
  ): AsyncIterable<ConsumedRecord[]>;
  /** The record at an offset, undefined if it is gone or not there yet. */
  readOne(topic: string, partition: number, offset: number): Promise<ConsumedRecord | undefined>;
  close(): void;
};

const MAX_BYTES = 1_048_576;
/** How long a broker waits for a record that is still to come. */
const WAIT_MS = 250;
/** A broker that is away may come back within this. */
const PATIENCE_MS = 30_000;

async function readWatermarks(cluster: Cluster, topic: string, partitions: readonly number[]) {
  const low = await listOffsets(cluster, topic, partitions, EARLIEST);
  const high = await listOffsets(cluster, topic, partitions, LATEST);
  return new Map(partitions.map((each) => [each, { low: low.get(each) ?? 0, high: high.get(each) ?? 0 }]));
}

async function fetchFrom(cluster: Cluster, where: TopicPartition, offset: number, maxWaitMs: number): Promise<Decoded> {
  const broker = await leaderOf(cluster, where);
  const answer = await fetch(broker, [{ ...where, offset, maxBytes: MAX_BYTES }], { maxWaitMs, on: 1 });
  const fetched = answer.partitions[0];
  if (!fetched) return { records: [], next: offset };
  if (fetched.errorCode === CODE.OFFSET_OUT_OF_RANGE) {
    const range = (await readWatermarks(cluster, where.topic, [where.partition])).get(where.partition);
    throw new OffsetOutOfRange({ ...where, offset }, range ?? { low: 0, high: 0 });
  }
  check(fetched.errorCode, `${where.topic}/${where.partition}`, { api: 'Fetch', topic: where.topic });
  return await decodeBatches(fetched.batches, offset, fetched.aborted);
}

/** A reader on one kept connection, which may serve several reads at the same time; calls but `read` end in 5 s. */
export function createPartitionReader(
  connection: Connection,
  how: { deadlineMs?: number; log?: LogSink | undefined } = {},
): PartitionReader {
  const link = createLink(connection, how);
  const reading = (topic: string) => `reading ${topic}`;

  async function* read(topic: string, partition: number, range: Parameters<PartitionReader['read']>[2]) {
    const { from, to, signal } = range;
    const patience = { deadlineMs: PATIENCE_MS, signal };
    for (let offset = from; offset < to; ) {
      const where = { topic, partition };
      const work = (cluster: Cluster) => fetchFrom(cluster, where, offset, WAIT_MS);
      const { records, next } = await link.run(work, patience);
      offset = next;
      const last = records.at(-1);
      const wanted = last && last.offset >= to ? records.filter((each) => each.offset < to) : records;
      if (wanted.length > 0) yield wanted;
    }
  }

  return {
    async partitions(topic) {
      const found = await link.use(reading(topic), async (cluster) => {
        await cluster.brokerPool.refreshMetadata([]);
        return await partitionsOf(cluster, topic);
      });
      return found.map(({ partitionId }) => partitionId).sort((a, b) => a - b);
    },
    watermarks: (topic, partitions) => link.use(reading(topic), (it) => readWatermarks(it, topic, partitions)),
    async offsetsAt(topic, partitions, timestamp) {
      return await link.use(reading(topic), async (cluster) => {
        const offsets = await listOffsets(cluster, topic, partitions, timestamp);
        const ends = await listOffsets(cluster, topic, partitions, LATEST);
        for (const [partition, offset] of offsets) if (offset < 0) offsets.set(partition, ends.get(partition) ?? 0);
        return offsets;
      });
    },
    read,
    async readOne(topic, partition, offset) {
      try {
        const where = { topic, partition };
        const { records } = await link.run((cluster) => fetchFrom(cluster, where, offset, 0));
        return records[0]?.offset === offset ? records[0] : undefined;
      } catch (thrown) {
        if (thrown instanceof OffsetOutOfRange) return undefined;
        throw thrown;
      }
    },
    close: link.close,
  };
}
