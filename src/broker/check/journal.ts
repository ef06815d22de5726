import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeFrames } from '../journal/frame.ts';
import type { Change } from '../journal/keyed-log.ts';
import { type Found, nothing } from './found.ts';

/** What a journal of the broker holds, by key, as far as it could be read. */
export type CheckedJournal<Value> = Found & { entries: Map<string, Value> };

/** Bytes of a frame before its payload. */
const HEAD_BYTES = 9;

/** Reads snapshot and log of a journal, as a start would, but leaves them as they are. */
export function checkJournal<Value>(dir: string, name: string, version: number): CheckedJournal<Value> {
  const journal: CheckedJournal<Value> = { ...nothing(), entries: new Map() };
  const snapshot = readFrames(join(dir, `${name}.snap`), version, journal);
  if (snapshot.isDamaged) {
    journal.faults.push(`${name}.snap is damaged at byte ${snapshot.good}: no broker starts until it is moved away`);
  }
  const log = readFrames(join(dir, `${name}.log`), version, journal);
  const left = log.bytes.length - log.good;
  if (!log.isDamaged || left === 0) return journal;
  if (isTorn(log.bytes.subarray(log.good))) {
    journal.notes.push(`torn tail: ${left} bytes of ${name}.log, cut at the next start`);
  } else {
    journal.faults.push(
      `${name}.log is damaged at byte ${log.good}: the next start drops the ${left} bytes from there on`,
    );
  }
  return journal;
}

type Frames = { bytes: Buffer; good: number; isDamaged: boolean };

function readFrames<Value>(path: string, version: number, into: CheckedJournal<Value>): Frames {
  const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  try {
    const { payloads, goodBytes } = decodeFrames(bytes, version);
    for (const payload of payloads) apply(into.entries, JSON.parse(payload) as Change<Value>[]);
    return { bytes, good: goodBytes, isDamaged: goodBytes < bytes.length };
  } catch (error) {
    into.faults.push(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    return { bytes, good: bytes.length, isDamaged: false };
  }
}

function apply<Value>(entries: Map<string, Value>, changes: readonly Change<Value>[]): void {
  for (const [key, value] of changes) {
    if (value === null) entries.delete(key);
    else entries.set(key, value);
  }
}

/** Whether this is the beginning of a frame that was not written to its end. */
function isTorn(rest: Buffer): boolean {
  return (
    rest.length < HEAD_BYTES || rest.readUInt32BE(0) > rest.length - HEAD_BYTES || rest.every((byte) => byte === 0)
  );
}
