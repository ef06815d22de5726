import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from '../broker/launch.ts';
import { type Finding, fail, ok } from '../doctor/check.ts';
import { waitForCluster } from '../kafka/reach.ts';
import type { Closers } from './closers.ts';
import { DEFAULT_PORT, FALLBACK_FROM } from './ground.ts';

const ANSWER_MS = 5_000;

/** Starts an embedded broker in a folder that is thrown away, and asks it. Both are gone when this has ended, or by `closers`. */
export async function tryBroker(entry: URL, closers: Closers, signal: AbortSignal): Promise<Finding> {
  const folder = await mkdtemp(join(tmpdir(), 'lunchrush-doctor-'));
  const began = performance.now();
  const ports = { defaultPort: DEFAULT_PORT, fallbackFrom: FALLBACK_FROM, ephemeral: true };
  const launching = launch({ entry, dataDir: folder, ...ports });
  let ended: Promise<void> | undefined;
  const end = () => {
    ended ??= launching
      .then((launched) => launched.close())
      .catch(() => {})
      .then(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
    return ended;
  };
  closers.add(end);
  try {
    const { address } = await launching;
    await waitForCluster({ brokers: [address], clientId: 'lunchrush-doctor' }, { timeoutMs: ANSWER_MS, signal });
    const ms = Math.round(performance.now() - began);
    return ok(`starts and answers within ${ms} ms (tried in a folder that is gone again)`, { ms });
  } catch (thrown) {
    signal.throwIfAborted();
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    return fail(`it does not start: ${why}`, 'free memory or disk if they are short; else please report this');
  } finally {
    await end();
  }
}
