import { Pass, type Section } from './pass.ts';
import type { AuditReader, AuditRecord } from './reader.ts';
import { toVerdict, type Verdict, type WorkersSay } from './verdict.ts';

/** How far an audit has come, in records by offsets. */
export type AuditProgress = { read: number; total: number };

/** What an audit needs. Without `workersSay` it judges the log alone. */
export type AuditOptions = {
  reader: AuditReader;
  topics: { orders: string; inventoryEvents: string };
  partitions: readonly number[];
  workersSay?: WorkersSay;
  onProgress?: (progress: AuditProgress) => void;
  signal?: AbortSignal;
};

async function sectionsOf({ reader, partitions, workersSay }: AuditOptions, topic: string): Promise<Section[]> {
  const rising = [...partitions].sort((one, other) => one - other);
  const watermarks = await reader.watermarks(topic, rising);
  return rising.map((partition) => {
    const { low, high } = watermarks.get(partition) ?? { low: 0, high: 0 };
    const said = workersSay?.offsets.find((one) => one.topic === topic && one.partition === partition);
    // Where nobody says anything, everything is counted.
    return { topic, partition, low, high, told: workersSay ? (said?.next ?? 0) : high };
  });
}

/**
 * Reads and folds both topics from beginning to end, by code that the workers do not share, and compares with what they
 * say at their offsets. It may run beside a live pipeline: the end of `inventory-events` is taken before that of
 * `orders`, so every outcome it reads has its order within reach. An abort rejects with the signal's reason.
 */
export async function audit(options: AuditOptions): Promise<Verdict> {
  const { reader, topics, workersSay, onProgress, signal } = options;
  const outcomes = await sectionsOf(options, topics.inventoryEvents);
  const orders = await sectionsOf(options, topics.orders);
  const pass = new Pass(topics.orders);
  const total = [...outcomes, ...orders].reduce((sum, { low, high }) => sum + high - low, 0);
  let done = 0;

  async function foldSection(section: Section, fold: (section: Section, record: AuditRecord) => void): Promise<void> {
    const { topic, partition, low, high } = section;
    const range = { from: low, to: high, ...(signal ? { signal } : {}) };
    for await (const records of high > low ? reader.read(topic, partition, range) : []) {
      signal?.throwIfAborted();
      for (const record of records) fold(section, record);
      const last = records.at(-1);
      if (last) onProgress?.({ read: done + last.offset + 1 - low, total });
    }
    signal?.throwIfAborted();
    done += high - low;
  }

  for (const section of outcomes) await foldSection(section, (at, record) => pass.outcome(at, record));
  for (const section of orders) await foldSection(section, (at, record) => pass.order(at, record));
  pass.noteOrphans(topics.inventoryEvents, (partition) => orders.find((one) => one.partition === partition)?.low ?? 0);
  onProgress?.({ read: total, total });
  return toVerdict(pass, [...outcomes, ...orders], workersSay);
}
