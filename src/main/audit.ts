import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type AuditProgress, audit } from '../audit/audit.ts';
import type { Verdict } from '../audit/verdict.ts';
import type { Clock } from '../engine/clock.ts';
import { printVerdict } from '../engine/commands/audit.ts';
import { pairs } from '../engine/print/columns.ts';
import { count } from '../engine/print/quantity.ts';
import { LunchrushError, toLunchrushError } from '../errors.ts';
import type { Connection } from '../kafka/client.ts';
import { toKafkaError } from '../kafka/errors.ts';
import { createPartitionReader } from '../kafka/partition-reader.ts';
import { waitForCluster } from '../kafka/reach.ts';
import type { Options } from '../options.ts';
import { namesOf } from '../options.ts';
import { createBar } from '../script/bar.ts';
import { closedPipe } from '../script/pipe.ts';
import { catchSignals, interruptionOf } from '../script/signals.ts';
import { dataFolder } from '../state/folders.ts';
import { bothTopics } from './audit-topics.ts';
import { type Closers, createClosers } from './closers.ts';
import type { Entries } from './entries.ts';
import { startBroker } from './ground.ts';
import { jsonLines } from './json-lines.ts';

type AuditOptions = Extract<Options, { mode: 'audit' }>;

/** What it is run with. */
export type AuditWorld = { clock: Clock; version: string; entries: Entries };

/** How long an unreachable cluster is waited for, ms. */
const REACH_MS = 10_000;

/**
 * Reads and folds the whole log outside every group, prints the verdict and what was counted, and gives the exit code: 0
 * clean, 1 dirty. No worker runs, nothing is committed.
 */
export async function runAudit(options: AuditOptions, world: AuditWorld): Promise<number> {
  const { stdout, stderr } = process;
  const json = options.json ? jsonLines(stdout) : undefined;
  const signals = catchSignals(process);
  const signal = AbortSignal.any([signals.signal, closedPipe(stdout)]);
  const closers = createClosers();
  const bar = createBar(stderr, { clock: world.clock, ascii: options.ascii });
  let progress: AuditProgress = { read: 0, total: 0 };
  const wipe = bar.follow('audit', () => wordsOf(progress));
  for (const note of options.notes) stderr.write(`${note}\n`);
  try {
    json?.started(world.version);
    const verdict = await auditWhole(options, world, { signal, closers, onProgress: (now) => (progress = now) });
    wipe();
    if (json) json.line({ type: 'result', command: 'audit', data: verdict });
    else stdout.write(`${print(verdict).join('\n')}\n`);
    const exit = verdict.clean ? 0 : 1;
    json?.finished(exit);
    return exit;
  } catch (thrown) {
    wipe();
    const interruption = interruptionOf(signal);
    if (interruption) return interruption.exit;
    json?.error(thrown);
    json?.finished(toLunchrushError(thrown).exitCode);
    throw thrown;
  } finally {
    await closers.close();
    signals.release();
  }
}

type Means = { signal: AbortSignal; closers: Closers; onProgress: (progress: AuditProgress) => void };

async function auditWhole(options: AuditOptions, world: AuditWorld, { signal, closers, onProgress }: Means) {
  const connection = await reachLog(options, world, signal, closers);
  const { topics } = namesOf(options);
  const partitions = await bothTopics(connection, topics, signal);
  const reader = createPartitionReader(connection);
  closers.add(async () => reader.close());
  try {
    return await audit({ reader, topics, partitions, onProgress, signal });
  } catch (thrown) {
    throw toKafkaError(thrown, 'reading the log');
  }
}

/** The cluster that was named, or the embedded broker of a data folder that holds something. */
async function reachLog(
  options: AuditOptions,
  { entries }: AuditWorld,
  signal: AbortSignal,
  closers: Closers,
): Promise<Connection> {
  const security = options.security ?? {};
  const connection = { clientId: 'lunchrush-audit', ...security };
  if (options.brokers) {
    const named = { ...connection, brokers: options.brokers };
    await waitForCluster(named, { timeoutMs: REACH_MS, signal });
    return named;
  }
  const folder = join(dataFolder(options.dataDir), 'broker');
  if (!existsSync(folder)) {
    const fix = 'name another folder with --data-dir, or a cluster with --brokers';
    throw new LunchrushError('COMMAND_REFUSED', `${folder} is not there: nothing to audit`, { fix });
  }
  const launched = await startBroker(options, folder, entries.broker);
  closers.add(() => launched.close());
  return { clientId: 'lunchrush-audit', brokers: [launched.address] };
}

function wordsOf({ read, total }: AuditProgress) {
  const words = `${count(read)} of ${count(total)} records`;
  return total > 0 ? { share: read / total, words } : undefined;
}

function print(verdict: Verdict): string[] {
  const [first = '', ...more] = printVerdict(verdict, { alone: true });
  const counted = Object.entries(verdict.counters).map(([name, value]) => [`  ${name}`, numberOf(value)] as const);
  return [first, ...pairs(counted), ...more];
}

function numberOf(value: number): string {
  return Number.isInteger(value) ? count(value) : value.toFixed(4);
}
