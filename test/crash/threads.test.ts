import { describe, expect, test } from 'vitest';
import type { Account } from '../rig/account.ts';
import { startCrashing } from '../rig/crash.ts';
import type { Program } from '../rig/program.ts';
import { aheadOfCommit, judge, STAY } from '../rig/verdict.ts';

/** Runs a load during which threads die, each point once. */
function loadOver(points: [point: string, nth: number][]): Program {
  const load = 'load 500; wait idle; load 1500 --rate 3k/s --duplicates 1% --malformed 2% --background';
  const deaths = points.map(([point, nth]) => ({ point, nth, how: 'thread' as const }));
  return startCrashing(`${load}; wait restarts == ${points.length} --timeout 30s; ${STAY}`, deaths);
}

function expectAll(account: Account): void {
  expect(account).toMatchObject({ total: 1_970, distinct: 1_955, malformed: 30, deadLetters: 30 });
}

describe('an inventory worker that dies', () => {
  test('after its outcomes are acknowledged and before it commits decides none of them again', async () => {
    const program = loadOver([['outcomes-acknowledged', 5]]);
    const account = await judge(program);
    expectAll(account);
    expect(account.redelivered).toBe(0);
    expect(aheadOfCommit(program.lines)).toBeGreaterThan(0);
  });

  test('between dead letters and outcomes, and again after a commit, loses nothing and counts no letter twice', async () => {
    const points: [string, number][] = [
      ['dead-letters-acknowledged', 2],
      ['offsets-committed', 2],
    ];
    expectAll(await judge(loadOver(points)));
  });
});

describe('analytics that dies while it writes its state', () => {
  test.each<[string, [point: string, nth: number][]]>([
    [
      'into the journal',
      [
        ['journal-appended', 8],
        ['journal-synced', 1],
        ['snapshot-written-aside', 1],
      ],
    ],
    [
      'into the snapshot',
      [
        ['snapshot-old-kept', 2],
        ['snapshot-renamed', 1],
        ['snapshot-saved', 1],
      ],
    ],
  ])('%s has the numbers of the log afterwards', async (_, points) => {
    expectAll(await judge(loadOver(points)));
  });
});
