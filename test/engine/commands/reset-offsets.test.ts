import { describe, expect, test } from 'vitest';
import type { ResetTo } from '../../../src/engine/command.ts';
import { printResets } from '../../../src/engine/commands/reset-offsets.ts';
import { listen } from '../../kafka/listening.ts';
import { createEmbeddedEngine } from '../embedded.ts';
import { TOPICS } from '../fake-cluster.ts';
import { createFakeEngine } from '../fake-hall.ts';

const { orders } = TOPICS;
const at = (partition: number, offset: number, topic = orders) => ({ topic, partition, offset });

/** Ten records in partitions 0 and 1, of which the first three of partition 0 are gone; their times are 1000, 2000, … */
async function parts() {
  const all = await createEmbeddedEngine();
  const records = Array.from({ length: 10 }, (_, i) => ({ key: null, value: `${i}`, timestamp: 1000 + i * 1000 }));
  for (const partition of [0, 1]) await all.put(orders, partition, records);
  await all.deleteBefore(orders, 0, 3);
  const reset = async (to: ResetTo, yes = true, group = 'billing') =>
    all.engine.dispatch({ verb: 'reset-offsets', group, to, yes });
  return { ...all, reset };
}

describe('reset-offsets', () => {
  test('without yes it says what would be, in real numbers, and changes nothing', async () => {
    const { cluster, reset } = await parts();
    await cluster.setOffsets('billing', [at(0, 8), at(1, 4)]);
    expect((await reset({ type: 'beginning' }, false)).text).toEqual([
      'partition  committed  new  records',
      'orders/0           8    3  5 again',
      'orders/1           4    0  4 again',
      '9 records to be read again, 0 skipped; nothing is changed without --yes',
    ]);
    expect(await cluster.allCommitted('billing')).toEqual([at(0, 8), at(1, 4)]);
  });

  test.each<[string, ResetTo, number[]]>([
    ['beginning', { type: 'beginning' }, [3, 0]],
    ['end', { type: 'end' }, [10, 10]],
    ['time', { type: 'time', at: 5500 }, [5, 5]],
    ['time that nothing has reached', { type: 'time', at: 99_000 }, [10, 10]],
    ['offsets', { type: 'offsets', offsets: [at(0, 5), at(1, 10)] }, [5, 10]],
  ])('to %s it sets what the group has committed and reads it back', async (_, to, [first, second]) => {
    const { cluster, reset } = await parts();
    await cluster.setOffsets('billing', [at(0, 8), at(1, 4)]);
    const { text } = await reset(to);
    expect(text.at(-1)).toContain('billing is set, and reads back as set');
    expect(await cluster.allCommitted('billing')).toEqual([at(0, first ?? -1), at(1, second ?? -1)]);
  });

  test('offsets touch the partitions that they name, committed or not, and no other', async () => {
    const { cluster, reset } = await parts();
    await cluster.setOffsets('billing', [at(0, 8)]);
    const { data } = await reset({ type: 'offsets', offsets: [at(1, 7)] });
    expect(data).toMatchObject({ applied: true, partitions: [{ committed: null, to: 7, again: 0, skipped: 0 }] });
    expect(await cluster.allCommitted('billing')).toEqual([at(0, 8), at(1, 7)]);
  });

  test.each([
    [at(0, 2), 'orders/0 cannot go to 2: it can go to 3 to 10'],
    [at(1, 11), 'orders/1 cannot go to 11: it can go to 0 to 10'],
    [at(7, 0), 'there is no orders/7'],
    [at(0, 0, 'ordres'), 'there is no topic "ordres"; did you mean "orders"?'],
  ])('%j is refused with what is right, and nothing is set', async (offset, sentence) => {
    const { cluster, reset } = await parts();
    await cluster.setOffsets('billing', [at(0, 8)]);
    const refused = reset({ type: 'offsets', offsets: [at(1, 1), offset].slice(offset.partition === 1 ? 1 : 0) });
    await expect(refused).rejects.toMatchObject({ code: 'COMMAND_REFUSED', message: sentence });
    expect(await cluster.allCommitted('billing')).toEqual([at(0, 8)]);
  });

  test('a group with members is refused, and they are named; a group that nobody knows is refused too', async () => {
    const { cluster, connection, reset } = await parts();
    const { consumer, assigned } = listen(connection, { groupId: 'billing', topics: [orders] });
    const { memberId } = await assigned();
    await expect(reset({ type: 'end' })).rejects.toThrow(`billing has 1 member (${memberId} at 127.0.0.1)`);
    await consumer.stop();
    await expect(reset({ type: 'end' })).rejects.toThrow('billing has committed nothing');
    await cluster.setOffsets('billing', [at(0, 8)]);
    await expect(reset({ type: 'end' }, true, 'biling')).rejects.toThrow(
      'there is no group "biling"; did you mean "billing"?',
    );
  });

  test.each(['inventory', 'analytics-group'])('%s is ours: it is refused with a word about replay', async (group) => {
    const { engine, cluster } = createFakeEngine();
    const refused = engine.dispatch({ verb: 'reset-offsets', group, to: { type: 'end' }, yes: true });
    const fix = expect.stringContaining('replay analytics');
    await expect(refused).rejects.toMatchObject({ code: 'COMMAND_REFUSED', fix });
    expect(cluster.calls).toEqual([]);
  });

  test('a member that comes in between is the reason that is told', async () => {
    const { engine, cluster } = createFakeEngine();
    cluster.states.set('billing', { state: 'Empty', members: 0 });
    cluster.commit('billing', orders, [1]);
    cluster.append(orders, 0, 5);
    cluster.setOffsets = async () => {
      cluster.states.set('billing', { state: 'Stable', members: 1 });
      throw new Error('unknown member');
    };
    const refused = engine.dispatch({ verb: 'reset-offsets', group: 'billing', to: { type: 'end' }, yes: true });
    await expect(refused).rejects.toThrow('billing has 1 member');
  });

  test('what reads back otherwise is a failure', async () => {
    const { engine, cluster } = createFakeEngine();
    cluster.states.set('billing', { state: 'Empty', members: 0 });
    cluster.commit('billing', orders, [1]);
    cluster.append(orders, 0, 5);
    cluster.setOffsets = async () => cluster.commit('billing', orders, [3]);
    const failed = engine.dispatch({ verb: 'reset-offsets', group: 'billing', to: { type: 'end' }, yes: true });
    await expect(failed).rejects.toMatchObject({
      code: 'COMMAND_FAILED',
      message: 'orders/0 of billing was set to 5, but reads back as 3',
    });
  });

  test('a partition without a commit shows none', () => {
    const reset = { topic: 't', partition: 0, committed: null, to: 5, again: 0, skipped: 0 };
    expect(printResets('g', [reset], false)[1]).toBe('t/0                -    5        -');
  });
});
