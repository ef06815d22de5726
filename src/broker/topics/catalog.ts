import { randomBytes } from 'node:crypto';
import type { Clock, Log, Reached } from '../api.ts';
import { type KeyedLog, openKeyedLog } from '../journal/keyed-log.ts';

/** A topic as it is remembered. `configs` holds only what was set. */
export type Topic = { name: string; id: string; partitions: number; configs: Record<string, string> };

/** A topic under an id that no other one ever had. */
export function newTopic(name: string, partitions: number, configs: Record<string, string>): Topic {
  return { name, id: randomBytes(16).toString('base64url'), partitions, configs };
}

/** What is kept, by key: `cluster`, `topic/<name>`, `log-start/<topic id>/<partition>`, `producer-ids`. */
export type Catalogued =
  | { type: 'cluster'; id: string }
  | { type: 'topic'; topic: Topic }
  | { type: 'log-start'; offset: number }
  | { type: 'producer-ids'; reservedTo: number };

/** Version of what `meta.log` and `meta.snap` hold. */
export const CATALOG_FORMAT = 1;
/** Producer ids are kept by the block; those of a block that were not given out before a restart are skipped. */
const PRODUCER_ID_BLOCK = 1000;

/** Everything about the cluster that is not records or groups: its id, topics, log starts and producer ids. */
export class Catalog {
  readonly clusterId: string;
  private readonly kept: KeyedLog<Catalogued>;
  private readonly topics = new Map<string, Topic>();
  private nextProducerId: number;
  private reservedTo: number;

  constructor(options: { dataDir: string; clock: Clock; log: Log; reached: Reached }) {
    this.kept = openKeyedLog<Catalogued>({ ...options, dir: options.dataDir, name: 'meta', version: CATALOG_FORMAT });
    for (const value of this.kept.entries.values())
      if (value.type === 'topic') this.topics.set(value.topic.name, value.topic);
    const ids = this.kept.entries.get('producer-ids');
    this.reservedTo = ids?.type === 'producer-ids' ? ids.reservedTo : 0;
    this.nextProducerId = this.reservedTo;
    this.clusterId = this.findClusterId();
  }

  /** By name. */
  get(name: string): Topic | undefined {
    return this.topics.get(name);
  }

  all(): Topic[] {
    return [...this.topics.values()];
  }

  /** Remembers a topic, in the place of the one of its name. Throws what the file system says; then nothing has changed. */
  put(topic: Topic): void {
    this.kept.append([[`topic/${topic.name}`, { type: 'topic', topic }]]);
    this.topics.set(topic.name, topic);
  }

  /** Forgets a topic and its log starts. */
  delete({ name, id, partitions }: Topic): void {
    const starts = Array.from({ length: partitions }, (_, p) => [startKey(id, p), null] as const);
    this.kept.append([[`topic/${name}`, null], ...starts]);
    this.topics.delete(name);
  }

  /** Where the log of a partition begins, if records were deleted. */
  logStart(topicId: string, partition: number): number {
    const value = this.kept.entries.get(startKey(topicId, partition));
    return value?.type === 'log-start' ? value.offset : 0;
  }

  setLogStart(topicId: string, partition: number, offset: number): void {
    this.kept.append([[startKey(topicId, partition), { type: 'log-start', offset }]]);
  }

  /** A producer id that was never given out before. */
  takeProducerId(): number {
    if (this.nextProducerId === this.reservedTo) {
      const reservedTo = this.reservedTo + PRODUCER_ID_BLOCK;
      this.kept.append([['producer-ids', { type: 'producer-ids', reservedTo }]]);
      this.reservedTo = reservedTo;
    }
    return this.nextProducerId++;
  }

  async close(): Promise<void> {
    await this.kept.close();
  }

  private findClusterId(): string {
    const value = this.kept.entries.get('cluster');
    if (value?.type === 'cluster') return value.id;
    const id = `embedded-single-node-${randomBytes(6).toString('hex')}`;
    this.kept.append([['cluster', { type: 'cluster', id }]]);
    return id;
  }
}

/** Where the log start of a partition is kept. */
export function startKey(topicId: string, partition: number): string {
  return `log-start/${topicId}/${partition}`;
}
