import { join } from 'node:path';
import type { PortWish } from '../choose-port.ts';
import { type ControlLine, dial } from '../control/line.ts';
import type { Attached, Notice } from '../control/messages.ts';
import { probe } from '../control/probe.ts';
import { LOCK, lockedBy } from '../folder/claim-folder.ts';
import { type LockFile, readLock } from '../folder/lock-file.ts';
import { LaunchError, toLaunchError } from '../launch-error.ts';
import { type Child, startChild } from './child.ts';

/** A broker that ends takes this long at most to flush; so long we wait before we say that it does not. */
const PATIENCE_MS = 20_000;
const LOOK_AGAIN_MS = 30;

/** What is needed to find a folder's broker or start one. */
export type ReachOptions = { entry: URL; dataDir: string; wish: PortWish; onNotice: (notice: Notice) => void };

/** An open line to a broker; `child` if it is our own. */
export type Contact = { line: ControlLine; attached: Attached; child?: Child };

/**
 * Attaches to the broker of the folder, or starts one. When several do so at once, the folder's lock lets one broker live, and
 * everybody attaches to it. Throws a LaunchError that says what is in the way.
 */
export async function reach(options: ReachOptions): Promise<Contact> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const contact = await attempt(options);
    if (contact) return contact;
    if (Date.now() > until) throw new LaunchError('locked', `the broker of ${options.dataDir} neither serves nor ends`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}

/** One look at the folder; undefined when things are changing there. */
async function attempt(options: ReachOptions): Promise<Contact | undefined> {
  const { dataDir, onNotice } = options;
  const lock = readLockOf(dataDir);
  const presence = lock ? await probe(lock) : 'gone';
  if (!lock || presence === 'gone') return start(options);
  if (presence === 'silent') throw lockedBy(lock, dataDir, 'is locked, and no answer comes from');
  return presence === 'there' ? attach(lock, onNotice) : undefined;
}

async function start({ entry, dataDir, wish, onNotice }: ReachOptions): Promise<Contact | undefined> {
  const child = startChild(entry, dataDir, wish);
  const report = await child.report;
  if (!report) throw await endedAtStart(child);
  if ('failed' in report) {
    // Somebody was faster; the next look finds out who.
    if (report.failed.kind === 'locked') return undefined;
    throw new LaunchError(report.failed.kind, report.failed.message);
  }
  const lock = readLockOf(dataDir);
  const contact = lock?.startId === report.started.startId ? await attach(lock, onNotice) : undefined;
  return contact && { ...contact, child };
}

async function attach({ controlPort, startId }: LockFile, onNotice: ReachOptions['onNotice']) {
  const line = await dial(controlPort, onNotice).catch(() => undefined);
  const attached = await line?.ask<'attach'>({ ask: 'attach', pid: process.pid }).catch(() => undefined);
  if (line && attached?.startId === startId) return { line, attached };
  line?.hangUp();
  return undefined;
}

async function endedAtStart(child: Child): Promise<LaunchError> {
  const { code, signal } = await child.exited;
  const how = signal === null ? `with code ${code}` : `by ${signal}`;
  return new LaunchError('failed', `the broker ended ${how} before it served: ${child.lastWords()}`);
}

function readLockOf(dataDir: string): LockFile | undefined {
  try {
    return readLock(join(dataDir, LOCK));
  } catch (error) {
    throw toLaunchError(error, dataDir);
  }
}
