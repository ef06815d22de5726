import { expect } from 'vitest';
import { type Account, accountOf } from './account.ts';
import { readTopics } from './log.ts';

/** Recounts the pipeline behind an address from its log alone. Nothing of `src` takes part in it. */
export async function recount(brokers: readonly string[], prefix = ''): Promise<Account> {
  const names = [`${prefix}orders`, `${prefix}inventory-events`, `${prefix}orders-dlt`];
  const [orders = [], events = [], letters = []] = await readTopics(brokers, names);
  return accountOf(`${prefix}orders`, { orders, events, letters });
}

/** What holds after any crash: each valid order one accepted outcome, none decided twice, each bad record one letter. */
export function expectExactlyOnce(account: Account): void {
  const { missing, orphans, wrongLetters, repeated, conflicts, foreign, accepted, distinct } = account;
  expect({ missing, orphans, wrongLetters, repeated, conflicts, foreign }).toEqual({
    missing: [],
    orphans: [],
    wrongLetters: [],
    repeated: 0,
    conflicts: 0,
    foreign: 0,
  });
  expect(accepted).toBe(distinct);
}

/** What the program says, in the words of the account; `metrics` is the data of that command. */
export function saidBy(metrics: Record<string, unknown>): Partial<Account> {
  const number = (name: string) => Number(metrics[name]);
  return {
    total: number('total_orders'),
    distinct: number('distinct_orders'),
    accepted: number('total_reservations'),
    failed: number('failed_reservations'),
    redelivered: number('redelivered'),
    repeated: number('repeated_decisions'),
    conflicts: number('conflicts'),
    foreign: number('foreign'),
    legacy: number('legacy'),
    crossPartition: number('cross_partition_duplicates'),
    malformed: number('malformed'),
    deadLetters: number('dead_letters'),
  };
}
