import type { Log } from '../api.ts';
import type { PartitionLog } from '../log/partition-log.ts';
import type { Topic } from './catalog.ts';
import { numberOf } from './topic-configs.ts';
import type { Topics } from './topics.ts';

/** How long a producer that is silent is remembered: `producer.id.expiration.ms` of Kafka. */
const PRODUCER_EXPIRY_MS = 86_400_000;

/** Limits of the whole broker, and where it says that it dropped records which no topic's own limits would have. */
export type RetentionLimits = { now: number; maxDiskBytes: number; log: Log };

/**
 * Drops what topics no longer keep, whole segments at a time, oldest first: by `retention.ms`, by `retention.bytes`, and
 * beyond that by a cap on all topics together, so that a forgotten load test never fills the disk.
 */
export function applyRetention(topics: Topics, limits: RetentionLimits): void {
  for (const { topic, log } of topics.all()) {
    dropByTime(log, topic, limits.now);
    dropBySize(log, topic);
    log.expireProducers(limits.now - PRODUCER_EXPIRY_MS);
  }
  dropByCap(topics, limits);
}

function dropByTime(log: PartitionLog, topic: Topic, now: number): void {
  const kept = numberOf(topic.configs, 'retention.ms');
  if (kept < 0) return;
  log.rollIfOlder(now - kept);
  while ((log.oldest?.maxTimestamp ?? Number.POSITIVE_INFINITY) < now - kept) log.dropOldest();
}

function dropBySize(log: PartitionLog, topic: Topic): void {
  const kept = numberOf(topic.configs, 'retention.bytes');
  if (kept < 0) return;
  while (log.oldest && log.size - log.oldest.size >= kept) log.dropOldest();
}

function dropByCap(topics: Topics, { maxDiskBytes, log }: RetentionLimits): void {
  const logs = [...topics.all()].map((partition) => partition.log);
  let total = logs.reduce((sum, { size }) => sum + size, 0);
  while (total > maxDiskBytes) {
    const oldest = longestKept(logs);
    if (!oldest?.oldest) return;
    total -= oldest.oldest.size;
    const { nextOffset } = oldest.oldest;
    log('warn', `${oldest.folder}: records before offset ${nextOffset} dropped, all topics have ${maxDiskBytes} bytes`);
    oldest.dropOldest();
  }
}

/** The log whose oldest segment that may be dropped ends first in time. */
function longestKept(logs: PartitionLog[]): PartitionLog | undefined {
  const age = (log: PartitionLog) => log.oldest?.maxTimestamp ?? Number.POSITIVE_INFINITY;
  return logs.filter((log) => log.oldest).sort((a, b) => age(a) - age(b))[0];
}
