import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32c } from '../protocol/crc32c.ts';
import { offsetName, parseOffsetName } from './offset-name.ts';
import type { ProducerEntry } from './producer-state.ts';

const FORMAT = 1;
const SUFFIX = '.snap';
/** An older one is kept, should the newest turn out torn. */
const KEPT = 2;

/**
 * The producers of a partition as of an offset. It is written only after the log below that offset was brought to the disk:
 * so it is also the recovery point, below which nothing has to be scanned after a crash.
 */
export type ProducerSnapshot = { offset: number; producers: ProducerEntry[] };

/** Writes a snapshot aside, renames it into place, and drops those that are older than the last two. */
export function writeSnapshot(folder: string, snapshot: ProducerSnapshot): void {
  const body = JSON.stringify({ format: FORMAT, ...snapshot });
  const path = join(folder, offsetName(snapshot.offset) + SUFFIX);
  writeFileSync(`${path}.tmp`, `${crc32c(Buffer.from(body))}\n${body}`);
  renameSync(`${path}.tmp`, path);
  for (const offset of snapshotOffsets(folder).slice(KEPT)) rmSync(join(folder, offsetName(offset) + SUFFIX));
}

/** The newest whole snapshot, or undefined; torn ones and those of a newer format are passed over. */
export function readSnapshot(folder: string): ProducerSnapshot | undefined {
  for (const offset of snapshotOffsets(folder)) {
    const snapshot = parse(readFileSync(join(folder, offsetName(offset) + SUFFIX), 'utf8'));
    if (snapshot) return snapshot;
  }
  return undefined;
}

function parse(text: string): ProducerSnapshot | undefined {
  const cut = text.indexOf('\n');
  const body = text.slice(cut + 1);
  if (Number(text.slice(0, cut)) !== crc32c(Buffer.from(body))) return undefined;
  const read = JSON.parse(body) as ProducerSnapshot & { format: number };
  return read.format === FORMAT ? { offset: read.offset, producers: read.producers } : undefined;
}

/** Newest first. */
function snapshotOffsets(folder: string): number[] {
  return readdirSync(folder)
    .map((name) => parseOffsetName(name, SUFFIX))
    .filter((offset) => offset !== undefined)
    .sort((a, b) => b - a);
}
