import { expect } from 'vitest';
import type { Account } from './account.ts';
import { expectExactlyOnce, recount, saidBy } from './independent.ts';
import { eventsOf, expectExit, type Line, type Program, resultOf } from './program.ts';

/** Ends a script that is to be judged while its broker still runs. */
export const STAY = 'wait idle; metrics; say done; sleep 5m';

/** Waits for `STAY`, recounts the log, compares it with what the program says, and ends the program. */
export async function judge(program: Program, brokers?: readonly string[], prefix = ''): Promise<Account> {
  await program.said('done');
  const account = await recount(brokers ?? [`127.0.0.1:${program.broker().port}`], prefix);
  expectExactlyOnce(account);
  expect(account).toMatchObject(saidBy(resultOf(program.lines, 'metrics')));
  program.kill('SIGTERM');
  expectExit(await program.ended, 143);
  return account;
}

/** How often a worker found more outcomes in the log than had been committed: what a crash before a commit leaves. */
export function aheadOfCommit(lines: readonly Line[]): number {
  const restored = eventsOf(lines, 'partition-restored') as unknown as { w: number; committed: number }[];
  return restored.filter(({ w, committed }) => w >= 0 && w >= committed).length;
}
