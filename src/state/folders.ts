import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import envPaths from 'env-paths';
import { type Means, writing } from './files.ts';

/** The data folder of this user: `asked` if it is given, else where the system keeps such things. */
export function dataFolder(asked?: string): string {
  return asked ?? envPaths('lunchrush', { suffix: '' }).data;
}

/** What our state beside the log belongs to. */
export type StateKey = { clusterId: string; ordersTopic: string; inventoryEventsTopic: string; group: string };

/**
 * A name as part of a path on any file system: what it may not hold is left out, and a checksum keeps apart what would
 * then look alike, on file systems that ignore case too.
 */
export function safeName(name: string): string {
  const readable = name
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
    .slice(0, 48);
  return `${readable}-${crc32(name).toString(16).padStart(8, '0')}`;
}

/** The folder of one pipeline's state: by cluster, topics and group. */
export function stateFolder(root: string, key: StateKey): string {
  const topics = `${key.ordersTopic}+${key.inventoryEventsTopic}`;
  return join(root, 'state', safeName(key.clusterId), safeName(topics), safeName(key.group));
}

/** Makes a folder and those above it; errors name it. */
export async function makeFolder(path: string, means: Means): Promise<string> {
  await writing(path, () => means.files.mkdir(path, { recursive: true }));
  return path;
}
