import { describe, expect, test } from 'vitest';
import { metadataOf } from '../../../src/workers/inventory/start-offset.ts';
import { MemoryCluster } from '../memory-cluster.ts';
import { nonsense, order, outcome, TOPICS } from '../orders.ts';
import { readOutcomes } from './reference.ts';
import { createStage } from './stage.ts';

function orders(from: number, to: number) {
  return Array.from({ length: to - from }, (_, i) => order(`o-${from + i}`));
}

describe('a tenure', () => {
  test('decides every order of a fresh partition once, in order, and is then to be committed', async () => {
    const { orders: log, run, elapse, output, tenure, home, fold, world } = createStage();
    log.append(orders(0, 250));
    await run();
    expect([...readOutcomes(output()).accepted.keys()]).toEqual(orders(0, 250).map((o) => o.key));
    expect(tenure.view()).toMatchObject({ state: 'running', reason: '', position: 250, end: 250, committed: -1 });
    expect(home.of('partition-restored')).toMatchObject([{ w: -1, start: 0, read: 0 }]);
    await elapse(50);
    expect(tenure.due(world.now())).toEqual({ offset: 250, metadata: metadataOf(fold.last) });
  });

  test('a committed position is not due again, and its view says so', async () => {
    const { orders: log, run, elapse, tenure, world } = createStage();
    log.append(orders(0, 3));
    await run();
    await elapse(50);
    tenure.committedTo(tenure.due(world.now()) ?? { offset: -1, metadata: '' });
    expect(tenure.isDirty).toBe(false);
    expect(tenure.view().committed).toBe(3);
    expect(tenure.due(Number.POSITIVE_INFINITY)).toBeUndefined();
  });

  test('begins after W when the output is ahead of the commit', async () => {
    const cluster = new MemoryCluster();
    cluster.log(TOPICS.orders).append(orders(0, 10));
    cluster.log(TOPICS.inventoryEvents).append([0, 1, 2, 3, 4, 5].map((i) => outcome(`o-${i}`, i)));
    const { run, output, home, member } = createStage({ cluster, committed: { offset: 2, metadata: metadataOf(1) } });
    await run();
    expect(home.of('partition-restored')).toMatchObject([{ w: 5, committed: 2, start: 6, read: 6 }]);
    expect(home.of('commit-ignored')).toEqual([]);
    expect(member.seeks).toEqual([6]);
    expect(readOutcomes(output())).toMatchObject({ redelivered: 0, repeated: 0 });
    expect(output().high).toBe(10);
  });

  test('says when it ignores the commit of another client', async () => {
    const { run, home, orders: log } = createStage({ committed: { offset: 5, metadata: '' } });
    log.append(orders(0, 8));
    await run();
    expect(home.of('commit-ignored')).toMatchObject([{ committed: 5, start: 0, topic: 'orders', partition: 0 }]);
  });

  test('takes duplicates and restores without a second outcome', async () => {
    const cluster = new MemoryCluster();
    const first = createStage({ cluster });
    first.orders.append([order('a'), order('b'), order('a')]);
    await first.run();
    first.tenure.end();
    const second = createStage({ cluster });
    second.orders.append([order('b'), order('c')]);
    await second.run();
    expect(second.output().records.map((r) => String(r.key))).toEqual(['a', 'b', 'c']);
  });

  test('dead letters are acknowledged before any outcome of their slice is sent', async () => {
    const stage = createStage();
    const { sends, run, world, cluster, output, home } = stage;
    let acknowledge = () => {};
    sends.push(async (append) => {
      await new Promise<void>((resolve) => {
        acknowledge = resolve;
      });
      return append();
    });
    stage.orders.append([order('a'), nonsense('n'), order('b')]);
    await run();
    expect(output().high).toBe(0);
    acknowledge();
    await run();
    expect(output().high).toBe(2);
    expect(world.passed).toEqual(['dead-letters-acknowledged', 'outcomes-acknowledged']);
    const [letter] = cluster.log(TOPICS.deadLetters).records;
    const headers = Object.fromEntries(letter?.headers.map((h) => [h.name, String(h.value)]) ?? []);
    expect(headers).toMatchObject({ 'kafka_dlt-original-offset': '1', 'x-reason': 'not JSON' });
    expect(home.of('records-dead-lettered')).toMatchObject([{ count: 1, reason: 'not JSON' }]);
  });

  test('a slice of malformed records alone moves the position without an outcome', async () => {
    const { orders: log, run, tenure, output, world, elapse } = createStage();
    log.append([order('a'), nonsense(), nonsense()]);
    await run();
    await elapse(50);
    expect(output().high).toBe(1);
    expect(tenure.due(world.now())).toEqual({ offset: 3, metadata: metadataOf(0) });
  });

  test('leaves out what lies before its position', async () => {
    const { orders: log, run, tenure, output, slices } = createStage();
    log.append(orders(0, 10));
    await run();
    const decided = slices.length;
    tenure.take(log.from(3, 4), 10);
    await run();
    expect(slices).toHaveLength(decided);
    expect(tenure.view().position).toBe(10);
    expect(output().high).toBe(10);
    expect(readOutcomes(output()).redelivered).toBe(0);
  });
});
