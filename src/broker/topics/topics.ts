import { mkdirSync, readdirSync, renameSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openLog } from '../log/open-log.ts';
import type { LogOptions, PartitionLog } from '../log/partition-log.ts';
import { Catalog, newTopic, type Topic } from './catalog.ts';

const DELETED = '.deleted';

/** Topics with their logs: what the catalog says and the folders hold. */
export class Topics {
  readonly catalog: Catalog;
  private readonly folder: string;
  private readonly options: LogOptions;
  private readonly logs = new Map<string, PartitionLog[]>();

  /** Opens every partition of the data folder, recovering what a crash left. */
  constructor(dataDir: string, options: LogOptions) {
    this.folder = join(dataDir, 'topics');
    this.options = options;
    mkdirSync(this.folder, { recursive: true });
    this.catalog = new Catalog({ dataDir, ...options });
    for (const topic of this.catalog.all()) this.logs.set(topic.name, this.openAll(topic, 0));
    for (const name of readdirSync(this.folder)) if (name.endsWith(DELETED)) this.sweep(join(this.folder, name));
  }

  /** The log of a partition, or undefined if there is no such topic or partition. */
  log(topic: string, partition: number): PartitionLog | undefined {
    return this.logs.get(topic)?.[partition];
  }

  /** Every partition of every topic. */
  *all(): Generator<{ topic: Topic; partition: number; log: PartitionLog }> {
    for (const topic of this.catalog.all()) {
      for (const [partition, log] of (this.logs.get(topic.name) ?? []).entries()) yield { topic, partition, log };
    }
  }

  /** Makes the files first: what the catalog names is there. Throws what the file system says; then there is no such topic. */
  create(name: string, partitions: number, configs: Record<string, string>): void {
    const topic = newTopic(name, partitions, configs);
    const logs = this.openAll(topic, 0);
    this.catalog.put(topic);
    this.logs.set(name, logs);
  }

  /** Raises the number of partitions to `count`. */
  grow(name: string, count: number): void {
    const topic = this.catalog.get(name);
    if (!topic) return;
    const grown = { ...topic, partitions: count };
    const added = this.openAll(grown, topic.partitions);
    this.catalog.put(grown);
    this.logs.get(name)?.push(...added);
  }

  /** Deletes a topic: it is gone when this returns, its bytes a little later. */
  delete(name: string): void {
    const topic = this.catalog.get(name);
    const logs = this.logs.get(name) ?? [];
    if (!topic) return;
    this.catalog.delete(topic);
    this.logs.delete(name);
    const folder = join(this.folder, topic.id);
    renameSync(folder, folder + DELETED);
    void Promise.all(logs.map((log) => log.close())).then(() => this.sweep(folder + DELETED));
  }

  /** Moves the log start of a partition, for good; an older one changes nothing. */
  deleteBefore(topic: Topic, partition: number, offset: number): void {
    const log = this.log(topic.name, partition);
    if (!log || offset <= log.startOffset) return;
    this.catalog.setLogStart(topic.id, partition, offset);
    log.deleteBefore(offset);
  }

  /** Brings all to the disk and lets go of it. */
  async close(): Promise<void> {
    const logs = [...this.logs.values()].flat();
    await Promise.all(logs.map((log) => log.flush()));
    await Promise.all(logs.map((log) => log.close()));
    await this.catalog.close();
  }

  private openAll(topic: Topic, from: number): PartitionLog[] {
    const logs: PartitionLog[] = [];
    for (let p = from; p < topic.partitions; p++) {
      const start = this.catalog.logStart(topic.id, p);
      logs.push(openLog(join(this.folder, topic.id, String(p)), start, this.options));
    }
    return logs;
  }

  private sweep(folder: string): void {
    rm(folder, { recursive: true, force: true }).catch((error: unknown) => {
      this.options.log('warn', `${folder} could not be removed: ${String(error)}`);
    });
  }
}
