import { existsSync, readdirSync } from 'node:fs';
import { parseOffsetName } from '../log/offset-name.ts';
import { readSnapshot } from '../log/producer-snapshot.ts';
import { type Found, nothing } from './found.ts';
import { type CheckedSegment, checkSegment } from './segment.ts';

/** A partition as it was found: the offset behind its last record, and what can be read of it. */
export type CheckedPartition = Found & { end: number; records: number; bytes: number };

/** Reads all segments of a partition's folder, one after the other. */
export function checkPartition(folder: string, logStart: number): CheckedPartition {
  const all: CheckedPartition = { ...nothing(), end: logStart, records: 0, bytes: 0 };
  const bases = existsSync(folder) ? segmentBases(folder) : [];
  if (bases.length === 0) return { ...all, faults: [`its records are gone: ${folder} holds no segment`] };
  const recoveryPoint = readSnapshot(folder)?.offset ?? 0;
  all.end = bases[0] as number;
  for (const [i, base] of bases.entries()) {
    const segment = checkSegment({ folder, base, logStart, recoveryPoint, isLast: i === bases.length - 1 });
    if (base !== all.end) all.faults.push(seam(all.end, base));
    add(all, segment);
  }
  if (all.end < recoveryPoint)
    all.faults.push(`records from ${all.end} to ${recoveryPoint - 1} were on the disk and are gone`);
  if (all.end < logStart) all.faults.push(`the log begins at ${logStart}, but ends at ${all.end}`);
  return all;
}

function seam(end: number, base: number): string {
  return base > end
    ? `offsets ${end} to ${base - 1} are missing between two segments`
    : `a segment begins with offset ${base}, but the one before ends behind ${end - 1}`;
}

function add(all: CheckedPartition, segment: CheckedSegment): void {
  all.end = segment.next;
  all.records += segment.records;
  all.bytes += segment.bytes;
  all.faults.push(...segment.faults);
  all.notes.push(...segment.notes);
}

function segmentBases(folder: string): number[] {
  return readdirSync(folder)
    .map((name) => parseOffsetName(name, '.log'))
    .filter((base) => base !== undefined)
    .sort((a, b) => a - b);
}
