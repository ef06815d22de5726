import { describe, expect, test } from 'vitest';
import { totalsOf } from '../../../src/orders/totals.ts';
import type { ReplayFrom } from '../../../src/workers/messages.ts';
import { settle } from '../fake-world.ts';
import { order } from '../orders.ts';
import { filledCluster } from './records.ts';
import { createStage } from './stage.ts';

const BEGINNING: ReplayFrom = { type: 'beginning' };

async function drained() {
  const stage = createStage(filledCluster(100));
  await stage.drain();
  return stage;
}

/** Takes one outcome out of the held state, so that a replay cannot come to the same. */
async function tampered() {
  const stage = await drained();
  stage.book.ledger.outcomesFold(1).accepted.reserved -= 1;
  return stage;
}

describe('replays', () => {
  test('rewind the live member, fold to the cut, find all identical, and go on from there', async () => {
    const { replays, committed, ends, drain, home, desk, cluster, world, book } = await drained();
    const held = book.ledger;
    const before = totalsOf(held);
    const verdict = replays.run(BEGINNING);
    while (home.of('replay-rewound').length === 0) await settle();
    expect([...committed.values()]).toEqual([0, 0, 0, 0]);
    cluster.log('orders', 0).append([order('meanwhile')]);
    expect(totalsOf(desk.book.ledger)).toEqual(before);
    await drain();
    expect(await verdict).toMatchObject({ type: 'identical' });
    expect(home.of('replay-identical')).toHaveLength(1);
    expect(book.ledger).not.toBe(held);
    await world.elapse(3_000);
    expect(totalsOf(book.ledger).total_orders).toBe(before.total_orders + 1);
    expect(Object.fromEntries(committed)).toEqual(ends());
  });

  test('the second state is on paper before its offsets are committed', async () => {
    const { replays, drain, steps } = await drained();
    steps.length = 0;
    const verdict = replays.run(BEGINNING);
    await drain();
    await verdict;
    expect(steps.slice(0, 2)).toEqual(['save with replay', 'commit']);
    expect(steps.at(-1)).toBe('commit');
    expect(steps.indexOf('swap')).toBeGreaterThan(1);
    expect(steps.slice(steps.indexOf('swap') + 1)).toEqual(['save', 'commit']);
  });

  test.each(['accept', 'undo'] as const)('a difference swaps nothing until it is settled: %s', async (how) => {
    const { replays, drain, home, desk, book, steps } = await tampered();
    const held = book.ledger;
    const verdict = replays.run(BEGINNING);
    await drain();
    expect(await verdict).toMatchObject({ type: 'different', counter: 'reserved', partition: 1 });
    expect(desk.replay?.phase).toBe('differs');
    expect(book.ledger).toBe(held);
    await replays.settle(how);
    expect(book.ledger === held).toBe(how === 'undo');
    expect(desk.replay).toBeUndefined();
    expect(steps.includes('swap')).toBe(how === 'accept');
    expect(home.of(how === 'accept' ? 'replay-accepted' : 'replay-undone')).toHaveLength(1);
  });

  test('a cancelled replay leaves the held state, and its offsets return', async () => {
    const { replays, home, fetch, drain, committed, ends, book } = await drained();
    const held = book.ledger;
    const verdict = replays.run(BEGINNING);
    while (home.of('replay-rewound').length === 0) await settle();
    fetch(3);
    await replays.settle('cancel');
    await expect(verdict).rejects.toMatchObject({ code: 'COMMAND_FAILED' });
    await drain();
    expect(book.ledger).toBe(held);
    expect(Object.fromEntries(committed)).toEqual(ends());
  });

  test('a replay cancelled before it has rewound leaves no rewound offsets behind', async () => {
    const { replays, home, desk, drain, committed, ends } = await drained();
    const verdict = replays.run(BEGINNING);
    while (!desk.replay) await settle();
    await replays.settle('cancel');
    await expect(verdict).rejects.toMatchObject({ code: 'COMMAND_FAILED' });
    await drain();
    expect(Object.fromEntries(committed)).toEqual(ends());
    expect(home.of('replay-rewound')).toEqual([]);
  });

  test('a window is reported and never swapped', async () => {
    const { replays, drain, book, home, steps } = await drained();
    const held = book.ledger;
    const verdict = replays.run({ type: 'offsets', offsets: [{ topic: 'orders', partition: 0, offset: 5 }] });
    await drain();
    expect(await verdict).toMatchObject({ type: 'window' });
    expect(home.of('replay-reported')).toHaveLength(1);
    expect(book.ledger).toBe(held);
    expect(steps).not.toContain('swap');
    expect(steps).not.toContain('save with replay');
  });

  test('a coordinator that refuses to rewind ends it before it begins', async () => {
    const { replays, trouble, desk, drain, committed, ends } = await drained();
    trouble.coordinator = new Error('away');
    await expect(replays.run(BEGINNING)).rejects.toThrow('away');
    expect(desk.replay).toBeUndefined();
    delete trouble.coordinator;
    await drain();
    expect(Object.fromEntries(committed)).toEqual(ends());
  });

  test('one at a time, and what is not under way cannot be settled', async () => {
    const { replays, drain, home } = await drained();
    await expect(replays.settle('cancel')).rejects.toMatchObject({ code: 'COMMAND_REFUSED' });
    const verdict = replays.run(BEGINNING);
    while (home.of('replay-rewound').length === 0) await settle();
    await expect(replays.run(BEGINNING)).rejects.toMatchObject({ code: 'COMMAND_REFUSED', fix: 'replay cancel' });
    await expect(replays.settle('accept')).rejects.toMatchObject({ code: 'COMMAND_REFUSED' });
    await drain();
    await verdict;
  });

  test('a preview promises nothing and changes nothing', async () => {
    const { replays, desk, steps, committed, ends } = await drained();
    steps.length = 0;
    expect(await replays.preview(BEGINNING)).toMatchObject({ full: true });
    expect(desk.replay).toBeUndefined();
    expect(steps).toEqual([]);
    expect(Object.fromEntries(committed)).toEqual(ends());
  });
});
