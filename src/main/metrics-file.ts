import { rename, rm, writeFile } from 'node:fs/promises';
import type { Clock } from '../engine/clock.ts';
import type { EventStore } from '../engine/store.ts';
import { printReport } from '../orders/report.ts';

/** Between two reports, ms. */
const EVERY_MS = 5_000;

/** What a report is made from and where it goes. */
export type MetricsFileParts = {
  events: Pick<EventStore, 'store' | 'emit'>;
  clock: Clock;
  /** Absent: no file. */
  path?: string | undefined;
  /** Also hears each report that says something new. */
  stdout?: { write(text: string): unknown } | undefined;
};

/**
 * Writes the text report of analytics every 5 seconds and once more at the end, so that the file holds the last numbers:
 * close it after the workers. It is written aside and renamed, so that nobody reads half of one. A file that cannot be
 * written is a warning, told once until it can be again; the pipeline goes on. Nothing is written before analytics has
 * told its numbers.
 */
export function keepMetricsFile({ events, clock, path, stdout }: MetricsFileParts): { close(): Promise<void> } {
  if (path === undefined && !stdout) return { close: async () => {} };
  let said = '';
  let trouble = '';
  let isClosed = false;
  let cancel = () => {};
  let writing = Promise.resolve();

  const warn = (sentence: string) => events.emit({ type: 'warned', sentence });
  const report = async () => {
    const { totals } = events.store.getState().analytics;
    if (!totals) return;
    const text = printReport(totals);
    if (text !== said) stdout?.write(text);
    said = text;
    if (path === undefined) return;
    const reason = await replace(path, text).then(() => '', reasonOf);
    if (reason && reason !== trouble) warn(`${path} is not written: ${reason}; the pipeline goes on without it`);
    if (!reason && trouble) warn(`${path} is written again`);
    trouble = reason;
  };
  const next = () => {
    // The timer may have gone off just before the close: two at once would take each other's file away.
    if (isClosed) return;
    writing = report();
    cancel = clock.setTimer(EVERY_MS, () => void writing.then(next));
  };
  next();

  return {
    async close() {
      isClosed = true;
      cancel();
      await writing;
      await report();
    },
  };
}

/** Whoever reads the path sees the old text or the new one, whole. What cannot be written leaves nothing behind. */
async function replace(path: string, text: string): Promise<void> {
  const aside = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(aside, text);
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true }).catch(() => {});
    throw error;
  }
}

/** Without path and call, which may differ from one try to the next. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EROFS: 'its folder cannot be written to',
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'its folder is no folder',
  EISDIR: 'it is a folder',
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'no space is left for this user',
};

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return REASONS[code] ?? (error instanceof Error ? error.message : String(error));
}
