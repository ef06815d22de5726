import { crc32 } from 'node:zlib';
import { LunchrushError } from '../errors.ts';
import { type Means, systemCode, unlessAbsent } from './files.ts';
import { writeAside } from './write-aside.ts';

/** The layout of the file: a line of JSON, the header, and then the value as JSON. */
const FORMAT = 1;

type Header = { format: number; key: string; length: number; crc: number };

/**
 * Why there is no value: `absent` never written · `torn` damaged or half-written · `foreign` of another key ·
 * `newer` in a later version's format · `stale` sound, but the caller's `fits` says no.
 */
export type NoSnapshot = { reason: 'absent' | 'torn' | 'foreign' | 'newer' | 'stale' };

/** What was read, and from which generation: 0 is the latest. */
export type ReadSnapshot = { value: unknown; generation: 0 | 1 } | NoSnapshot;

/** A value kept in one file with the generation before it. */
export type Snapshot = {
  /** Replaces the value; the old one becomes the generation before. */
  write(value: unknown): Promise<void>;
  /** The newest generation that is sound, of this key, and fits. */
  read(fits?: (value: unknown) => boolean): Promise<ReadSnapshot>;
  /** Removes both generations. */
  remove(): Promise<void>;
};

function encode(key: string, value: unknown): Buffer {
  const body = Buffer.from(JSON.stringify(value));
  const header: Header = { format: FORMAT, key, length: body.length, crc: crc32(body) };
  return Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), body]);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isHeader(value: unknown): value is Header {
  return typeof value === 'object' && value !== null && 'format' in value && typeof value.format === 'number';
}

function decode(bytes: Buffer, key: string): { value: unknown } | NoSnapshot {
  const end = bytes.indexOf(10);
  const header = end < 0 ? undefined : parseJson(bytes.toString('utf8', 0, end));
  if (!isHeader(header)) return { reason: 'torn' };
  if (header.format > FORMAT) return { reason: 'newer' };
  if (header.format !== FORMAT) return { reason: 'torn' };
  if (header.key !== key) return { reason: 'foreign' };
  const body = bytes.subarray(end + 1);
  if (body.length !== header.length || crc32(body) !== header.crc) return { reason: 'torn' };
  return { value: parseJson(body.toString('utf8')) };
}

/** A sentence for a file that a later version wrote. */
export function newerFormat(path: string): LunchrushError {
  return new LunchrushError('DATA_NEWER', `${path} was written by a newer version of lunchrush`);
}

/**
 * Keeps one JSON value at `path`. `key` says whose it is (cluster, topic, group …): a file of another key is foreign.
 * The folder must exist.
 */
export function createSnapshot({ path, key, means }: { path: string; key: string; means: Means }): Snapshot {
  const generations = [path, `${path}.1`];

  async function readOne(file: string, fits: (value: unknown) => boolean): Promise<{ value: unknown } | NoSnapshot> {
    const bytes = await unlessAbsent(() => means.files.readFile(file));
    if (!bytes) return { reason: 'absent' };
    const read = decode(bytes, key);
    return 'value' in read && !fits(read.value) ? { reason: 'stale' } : read;
  }

  async function keepOld(): Promise<void> {
    try {
      await means.files.rename(path, `${path}.1`);
    } catch (thrown) {
      if (systemCode(thrown) !== 'ENOENT') throw thrown;
    }
    await means.reached('snapshot-old-kept');
  }

  return {
    write: (value) => writeAside(path, encode(key, value), means, keepOld),
    async read(fits = () => true) {
      let first: NoSnapshot = { reason: 'absent' };
      for (const generation of [0, 1] as const) {
        const read = await readOne(generations[generation] as string, fits);
        if ('value' in read) return { value: read.value, generation };
        if (read.reason === 'newer') return read;
        if (first.reason === 'absent') first = read;
      }
      return first;
    },
    async remove() {
      for (const file of generations) await means.files.rm(file, { force: true });
    },
  };
}
