import { fixGrouping, groupMessagesPerPartition } from './group-messages.ts';
import { fixDial } from './one-dial.ts';
import { fixProduce } from './produce-request.ts';
import { fixRequestQueue } from './request-queue.ts';
import { installedVersion, KNOWN_VERSION, load } from './version.ts';

/** What became of the fixes in this thread; `fact` is a sentence for the log where they stepped aside. */
export type FixReport = { version: string; applied: readonly string[]; fact?: string };

const FIXES: Record<string, () => void> = {
  'request queue without an idle timer': fixRequestQueue,
  'one dial per connection': fixDial,
  'grouping in linear time': fixGrouping,
  'record batches in one buffer': fixProduce,
};

const KAFKAJS = 'kafkajs/index.js';

function assertTaken(): void {
  load(KAFKAJS);
  const grouping: unknown = load('kafkajs/src/producer/groupMessagesPerPartition');
  if (grouping !== groupMessagesPerPartition) throw new Error('the fixes of kafkajs did not take');
}

/** Applies every fix if `version` is the one they know; says what was done. */
export function applyFixes(version: string): FixReport {
  if (version !== KNOWN_VERSION) {
    const fact = `kafkajs is ${version}, not ${KNOWN_VERSION}: it runs without our fixes, slower and busier when idle`;
    return { version, applied: [], fact };
  }
  if (load.cache[load.resolve(KAFKAJS)]) throw new Error('kafkajs was loaded before its fixes');
  for (const fix of Object.values(FIXES)) fix();
  assertTaken();
  return { version, applied: Object.keys(FIXES) };
}

/** Applied once per thread, by whoever imports anything of this room first. */
export const fixes: FixReport = applyFixes(installedVersion());
