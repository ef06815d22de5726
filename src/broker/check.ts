import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkCommitted } from './check/committed.ts';
import type { Found } from './check/found.ts';
import { checkJournal } from './check/journal.ts';
import { checkPartition } from './check/partition.ts';
import { probe } from './control/probe.ts';
import { LOCK, lockedBy } from './folder/claim-folder.ts';
import { readLock } from './folder/lock-file.ts';
import { refuseNewerFormat } from './folder/prepare.ts';
import { GROUPS_FORMAT } from './groups/groups.ts';
import type { StoredValue } from './groups/store.ts';
import { LaunchError } from './launch-error.ts';
import { CATALOG_FORMAT, type Catalogued, startKey, type Topic } from './topics/catalog.ts';

/** One part of a data folder as it was found, under the name people know it by. */
export type Checked = Found &
  (
    | { part: 'catalog'; topics: number; clusterId: string }
    | { part: 'partition'; name: string; records: number; bytes: number }
    | { part: 'groups'; groups: number; offsets: number }
  );

/**
 * Verifies the data folder of a broker that does not run: the catalog, then every batch of every partition (format, length,
 * checksum, offsets in a row) with its index, then groups. Writes nothing, and holds about a megabyte at a time.
 * Throws a LaunchError: `locked` while a broker has the folder (or takes it meanwhile), `newer-format`, and `failed` where
 * there is no such folder.
 */
export async function* checkFolder(dataDir: string): AsyncGenerator<Checked> {
  await refuseUsed(dataDir);
  if (!existsSync(join(dataDir, 'meta.log')) && !existsSync(join(dataDir, 'meta.snap'))) {
    throw new LaunchError('failed', `${dataDir} holds no data of an embedded broker`);
  }
  refuseNewerFormat(dataDir);
  const catalog = checkJournal<Catalogued>(dataDir, 'meta', CATALOG_FORMAT);
  const { entries } = catalog;
  const topics = [...entries.values()].flatMap((value) => (value.type === 'topic' ? [value.topic] : []));
  const notes = [...catalog.notes, ...strays(join(dataDir, 'topics'), topics)];
  const cluster = entries.get('cluster');
  const clusterId = cluster?.type === 'cluster' ? cluster.id : '';
  yield { part: 'catalog', topics: topics.length, clusterId, faults: catalog.faults, notes };

  const ends = new Map<string, number>();
  for (const { topic, partition } of partitionsOf(topics)) {
    const name = `${topic.name}/${partition}`;
    const start = entries.get(startKey(topic.id, partition));
    const logStart = start?.type === 'log-start' ? start.offset : 0;
    const { end, ...found } = checkPartition(join(dataDir, 'topics', topic.id, String(partition)), logStart);
    ends.set(name, end);
    yield { part: 'partition', name, ...found };
  }

  const groups = checkJournal<StoredValue>(dataDir, 'groups', GROUPS_FORMAT);
  const { faults, ...counts } = checkCommitted(groups.entries, ends);
  yield { part: 'groups', ...counts, faults: [...groups.faults, ...faults], notes: groups.notes };
  // A broker that has come since may have written what was being read.
  await refuseUsed(dataDir);
}

async function refuseUsed(dataDir: string): Promise<void> {
  const lock = readLock(join(dataDir, LOCK));
  if (lock && (await probe(lock)) !== 'gone') throw lockedBy(lock, dataDir);
}

function* partitionsOf(topics: readonly Topic[]): Generator<{ topic: Topic; partition: number }> {
  for (const topic of [...topics].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    for (let partition = 0; partition < topic.partitions; partition++) yield { topic, partition };
  }
}

/** Folders without a topic: deleted ones whose bytes are still there, and what a crash left of a topic in the making. */
function strays(folder: string, topics: readonly Topic[]): string[] {
  const known = new Set(topics.map(({ id }) => id));
  const others = existsSync(folder) ? readdirSync(folder).filter((name) => !known.has(name)) : [];
  return others.length > 0
    ? [`${others.length} ${others.length === 1 ? 'folder' : 'folders'} of no topic (${others.join(', ')})`]
    : [];
}
