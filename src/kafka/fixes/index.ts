import { fixGrouping, groupMessagesPerPartition } from './group-messages.ts';
import { fixLogin } from './login.ts';
import { fixDial } from './one-dial.ts';
import { fixProduce, isOurs } from './produce-request.ts';
import { fixRequestQueue, quietSchedule } from './request-queue.ts';
import { installedVersion, KNOWN_VERSION, load } from './version.ts';

/** What became of the fixes in this thread; `fact` is a sentence for the log where they stepped aside. */
export type FixReport = { version: string; applied: readonly string[]; fact?: string };

const FIXES: Record<string, () => void> = {
  // Before those that load connections, which hold on to it.
  'login by settings': fixLogin,
  'request queue without an idle timer': fixRequestQueue,
  'one dial per connection': fixDial,
  'grouping in linear time': fixGrouping,
  'record batches in one buffer': fixProduce,
};

/** Modules that hold on to what a fix replaces: once loaded, they no longer see the fix. */
const HOLDERS = [
  'kafkajs/src/producer/sendMessages',
  'kafkajs/src/protocol/requests/produce/v7/request',
  'kafkajs/src/network/connection',
];

function isLoaded(path: string): boolean {
  return load.cache[load.resolve(path)] !== undefined;
}

/** Looks at kafkajs from where it uses the fixed things. */
function assertTaken(): void {
  const grouping: unknown = load('kafkajs/src/producer/groupMessagesPerPartition');
  const queue = load('kafkajs/src/network/requestQueue') as { prototype: object };
  const produce = load('kafkajs/src/protocol/requests/produce/v7/request') as (args: object) => object;
  const took = [
    grouping === groupMessagesPerPartition,
    Object.values(Object.getOwnPropertyDescriptors(queue.prototype)).some(({ value }) => value === quietSchedule),
    isOurs(produce({ topicData: [] })),
  ];
  if (took.includes(false)) throw new Error(`the fixes of kafkajs did not take: ${took.join(', ')}`);
}

/** Applies every fix if `version` is the one they know; says what was done. */
export function applyFixes(version: string): FixReport {
  if (version !== KNOWN_VERSION) {
    const fact = `kafkajs is ${version}, not ${KNOWN_VERSION}: it runs without our fixes, slower, busier when idle, and without OAUTHBEARER`;
    return { version, applied: [], fact };
  }
  if (HOLDERS.some(isLoaded)) throw new Error('kafkajs was loaded before its fixes');
  for (const fix of Object.values(FIXES)) fix();
  assertTaken();
  return { version, applied: Object.keys(FIXES) };
}

/** Applied once per thread, by whoever imports anything of this room first. */
export const fixes: FixReport = applyFixes(installedVersion());
