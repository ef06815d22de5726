import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock, Log, Reached } from '../api.ts';
import { type OpenFile, openLogFile } from '../log/log-file.ts';
import { createAppendFile } from './append-file.ts';
import { decodeFrames, encodeFrame } from './frame.ts';
import { replaceFile } from './replace-file.ts';

/** A new value of a key, or null: the key is gone (a tombstone). */
export type Change<Value> = readonly [key: string, value: Value | null];

/** The newest value of every key, kept in memory and on disk: a compacted topic of our own. */
export type KeyedLog<Value> = {
  readonly entries: ReadonlyMap<string, Value>;
  /** Stores changes together, all or none. Throws what the file system says; then nothing has changed. */
  append(changes: readonly Change<Value>[]): void;
  /** Brings everything to the disk and closes. */
  close(): Promise<void>;
};

/** Where the two files lie, and when the log is folded into the snapshot. */
export type KeyedLogOptions = {
  dir: string;
  /** `name`.log and `name`.snap */
  name: string;
  /** Written into every frame; frames of a later version are refused. */
  version: number;
  clock: Clock;
  log: Log;
  reached: Reached;
  /** How the log's file is opened; a test hands in one that is full. */
  openFile?: OpenFile;
  /** Smallest log that is worth folding, in bytes. */
  foldAtBytes?: number;
};

/** Beyond this many times the snapshot, the log is folded into a new one. */
const FOLD_FACTOR = 4;
const FOLD_AT_BYTES = 4 * 1024 * 1024;
const ENTRIES_PER_FRAME = 500;

/**
 * Opens the log and reads it back: the snapshot, then what was appended since. A tail that a crash cut off is dropped. The
 * changes are absolute, so a log that was folded already (crash before it was emptied) does no harm.
 */
export function openKeyedLog<Value>(options: KeyedLogOptions): KeyedLog<Value> {
  const { dir, name, version, clock, log, reached } = options;
  const paths = { log: join(dir, `${name}.log`), snap: join(dir, `${name}.snap`) };
  const entries = new Map<string, Value>();
  let snapBytes = readSnapshot(paths.snap, version, entries);
  const file = createAppendFile((options.openFile ?? openLogFile)(paths.log), clock);
  const kept = readInto(file.readAll(), paths.log, version, entries);
  if (kept < file.size) {
    log('warn', `${paths.log}: dropped ${file.size - kept} bytes at its end that a crash left unfinished`);
    file.truncate(kept);
  }

  const fold = () => {
    const frames = encodeAll(entries, version);
    replaceFile(paths.snap, frames, reached);
    file.truncate(0);
    snapBytes = frames.reduce((sum, { length }) => sum + length, 0);
  };
  return {
    entries,
    append(asked) {
      const changes = asked.filter(([key, value]) => value !== null || entries.has(key));
      if (changes.length === 0) return;
      if (file.size > Math.max(options.foldAtBytes ?? FOLD_AT_BYTES, FOLD_FACTOR * snapBytes)) fold();
      file.append(encodeFrame(version, JSON.stringify(changes)));
      apply(entries, changes);
    },
    close: () => file.close(),
  };
}

function readSnapshot<Value>(path: string, version: number, entries: Map<string, Value>): number {
  if (!existsSync(path)) return 0;
  const bytes = readFileSync(path);
  const kept = readInto(bytes, path, version, entries);
  if (kept === bytes.length) return kept;
  throw new Error(`${path} is damaged at byte ${kept}; move it away to begin without what it holds`);
}

function readInto<Value>(bytes: Buffer, path: string, version: number, entries: Map<string, Value>): number {
  try {
    const { payloads, goodBytes } = decodeFrames(bytes, version);
    for (const payload of payloads) apply(entries, JSON.parse(payload) as Change<Value>[]);
    return goodBytes;
  } catch (error) {
    throw new Error(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

function apply<Value>(entries: Map<string, Value>, changes: readonly Change<Value>[]): void {
  for (const [key, value] of changes) {
    if (value === null) entries.delete(key);
    else entries.set(key, value);
  }
}

function encodeAll<Value>(entries: ReadonlyMap<string, Value>, version: number): Buffer[] {
  const all = [...entries];
  const frames: Buffer[] = [];
  for (let at = 0; at < all.length; at += ENTRIES_PER_FRAME) {
    frames.push(encodeFrame(version, JSON.stringify(all.slice(at, at + ENTRIES_PER_FRAME))));
  }
  return frames;
}
