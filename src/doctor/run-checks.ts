import { toLunchrushError } from '../errors.ts';
import { type Check, type Finding, fail, idOf, type Result } from './check.ts';
import { list } from './words.ts';

const TIMEOUT_MS = 5_000;

/** What the runner is handed: the table, a clock for durations (ms), and who may end it. */
export type Running = { checks: readonly Check[]; now: () => number; signal: AbortSignal };

/**
 * Runs all checks, each as soon as what it needs has ended, and gives their results in the order of the table, each when
 * it and all before it have ended. Throws the signal's reason when that is aborted.
 */
export async function* runChecks({ checks, now, signal }: Running): AsyncGenerator<Result> {
  const results = new Map<string, Promise<Result>>();
  for (const check of checks) {
    const running = runOne(check, results, { now, signal });
    // Whoever stops listening early must not leave an unheard rejection behind.
    running.catch(() => {});
    results.set(idOf(check), running);
  }
  for (const running of results.values()) yield await running;
}

async function runOne(
  check: Check,
  earlier: ReadonlyMap<string, Promise<Result>>,
  { now, signal }: Pick<Running, 'now' | 'signal'>,
): Promise<Result> {
  const { part, name, blames } = check;
  const because = await whatIsMissing(check, earlier);
  signal.throwIfAborted();
  const row = { part, name, blames };
  if (because) return { ...row, level: 'skipped', found: `not tried, because of ${because}`, because, ms: 0 };
  const began = now();
  const finding = await withinTime(check, signal);
  return { ...finding, ...row, ms: now() - began };
}

/** What went wrong among what a check needs, in the first place. Needs stand before it in the table. */
async function whatIsMissing(
  { part, needs = [], needsOneOf = [] }: Check,
  earlier: ReadonlyMap<string, Promise<Result>>,
): Promise<string | undefined> {
  for (const name of needs) {
    const result = await earlier.get(idOf({ part, name }));
    if (!isWell(result)) return result?.because ?? name;
  }
  if (needsOneOf.length === 0) return undefined;
  const causes: string[] = [];
  const wells = needsOneOf.map(async (id) => {
    const result = await earlier.get(id);
    if (!isWell(result)) causes.push(result?.because ? `${result.part}: ${result.because}` : id);
    if (!isWell(result)) throw new Error(id);
  });
  return await Promise.any(wells).then(
    () => undefined,
    () => list(causes),
  );
}

function isWell(result: Result | undefined): boolean {
  return (result?.level === 'ok' || result?.level === 'warn') && !result.isEnd;
}

async function withinTime({ run, timeoutMs = TIMEOUT_MS }: Check, signal: AbortSignal): Promise<Finding> {
  const late = AbortSignal.timeout(timeoutMs);
  const stop = AbortSignal.any([signal, late]);
  try {
    return await Promise.race([run(stop), aborted(stop)]);
  } catch (thrown) {
    signal.throwIfAborted();
    if (late.aborted) return fail(`no answer within ${timeoutMs / 1000} s`, 'look at the load of what is asked here');
    const { message, fix } = toLunchrushError(thrown);
    return fail(message, fix);
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
