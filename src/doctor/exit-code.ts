import type { Result } from './check.ts';

/** Exit codes: 3 cluster not usable, 5 this machine. */
const EXITS = { cluster: 3, machine: 5 } as const;

/** 0 where nothing failed; else the first failure decides. Warnings are no failures. */
export function exitCodeOf(results: readonly Pick<Result, 'level' | 'blames'>[]): 0 | 3 | 5 {
  const failed = results.find(({ level }) => level === 'fail');
  return failed ? EXITS[failed.blames] : 0;
}
