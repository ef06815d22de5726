import { mkdirSync, readdirSync } from 'node:fs';
import { parseOffsetName } from './offset-name.ts';
import { type LogOptions, PartitionLog } from './partition-log.ts';
import { type ProducerSnapshot, readSnapshot } from './producer-snapshot.ts';
import { ProducerState } from './producer-state.ts';
import { Segment } from './segment.ts';

const NO_SNAPSHOT: ProducerSnapshot = { offset: 0, producers: [] };

/**
 * Opens a partition's folder, or makes it. What lies above the last recovery point is walked, batch by batch, and cut at
 * the first that is not whole and right; producers are brought up to date on the way.
 */
export function openLog(folder: string, startOffset: number, options: LogOptions): PartitionLog {
  mkdirSync(folder, { recursive: true });
  const bases = segmentBases(folder);
  const snapshot = readSnapshot(folder);
  if (bases.length === 0) bases.push(startOffset);
  let found = recover(folder, bases, snapshot ?? NO_SNAPSHOT, options);
  if (snapshot && found.end < snapshot.offset) {
    options.log('error', `${folder}: records from ${found.end} to ${snapshot.offset} were lost with the machine`);
    for (const segment of found.segments) segment.close();
    found = recover(folder, bases, NO_SNAPSHOT, options);
  }
  const { segments, producers } = found;
  const start = Math.max(startOffset, segments[0]?.base ?? 0);
  return new PartitionLog({ folder, segments, producers, startOffset: start }, options);
}

type Found = { segments: Segment[]; producers: ProducerState; end: number };

/** Reads the segments back one after the other; below the snapshot nothing is doubted. */
function recover(folder: string, bases: number[], snapshot: ProducerSnapshot, options: LogOptions): Found {
  const producers = new ProducerState();
  producers.restore(structuredClone(snapshot.producers));
  const segments: Segment[] = [];
  let end = 0;
  for (const base of bases) {
    const segment = new Segment(folder, base, options.openFile);
    const cut = segment.recover(snapshot.offset, (header) => {
      if (header.baseOffset >= snapshot.offset) producers.record(header, header.baseOffset, options.clock.now());
    });
    if (cut > 0) options.log('warn', `${folder}: ${cut} torn bytes cut behind offset ${segment.nextOffset}`);
    segments.push(segment);
    end = segment.nextOffset;
  }
  return { segments, producers, end };
}

function segmentBases(folder: string): number[] {
  return readdirSync(folder)
    .map((name) => parseOffsetName(name, '.log'))
    .filter((base) => base !== undefined)
    .sort((a, b) => a - b);
}
