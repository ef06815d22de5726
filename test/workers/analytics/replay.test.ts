import { describe, expect, test } from 'vitest';
import { digestOf } from '../../../src/orders/compare.ts';
import { Ledger } from '../../../src/orders/ledger.ts';
import { totalsOf } from '../../../src/orders/totals.ts';
import { foldRecords } from '../../../src/workers/analytics/apply.ts';
import { planReplay } from '../../../src/workers/analytics/plan-replay.ts';
import { recognise } from '../../../src/workers/analytics/recognise.ts';
import { Replay } from '../../../src/workers/analytics/replay.ts';
import type { ReplayFrom } from '../../../src/workers/messages.ts';
import type { MemoryCluster } from '../memory-cluster.ts';
import { order, outcome, TOPICS } from '../orders.ts';
import { allRecords, filledCluster, type Placed } from './records.ts';

const FOREVER = Number.POSITIVE_INFINITY;

function fold(records: readonly Placed[]): Ledger {
  const ledger = new Ledger(TOPICS);
  for (const { topic, partition, record } of records)
    foldRecords(ledger, { topic, partition, until: FOREVER }, [record]);
  return ledger;
}

const plan = (cluster: MemoryCluster, ledger: Ledger, from: ReplayFrom, foldRate = 0) =>
  planReplay(from, { reader: cluster.reader(), ledger, partitions: 2, foldRate });

async function begin(
  from: ReplayFrom = { type: 'beginning' },
  cluster = filledCluster(60),
  held = fold(allRecords(cluster)),
) {
  const replay = new Replay(await plan(cluster, held, from), held, 1_000);
  const takeAll = () => {
    for (const { topic, partition, record } of allRecords(cluster)) replay.take(topic, partition, [record]);
  };
  return { cluster, held, replay, takeAll };
}

describe('planning a replay', () => {
  test('from the beginning it reads all that was folded, and says how long that takes', async () => {
    const cluster = filledCluster(60);
    const held = fold(allRecords(cluster));
    const preview = await plan(cluster, held, { type: 'beginning' }, 1_000);
    const records = allRecords(cluster).length;
    expect(preview).toMatchObject({ full: true, records, etaMs: records });
    expect(preview.ranges.map((r) => [r.topic, r.partition, r.from, r.removed])).toEqual([
      ['orders', 0, 0, 0],
      ['orders', 1, 0, 0],
      ['inventory-events', 0, 0, 0],
      ['inventory-events', 1, 0, 0],
    ]);
  });

  test('what retention has removed is counted, and nothing can be compared then', async () => {
    const cluster = filledCluster(60);
    const held = fold(allRecords(cluster));
    cluster.log('orders', 1).removeBelow(4);
    const preview = await plan(cluster, held, { type: 'beginning' });
    expect(preview.full).toBe(false);
    expect(preview.ranges.find((r) => r.topic === 'orders' && r.partition === 1)).toMatchObject({
      from: 4,
      removed: 4,
    });
  });

  test('what was gone before it was folded is not missed', async () => {
    const cluster = filledCluster(60);
    cluster.log('orders', 1).removeBelow(4);
    const held = fold(allRecords(cluster));
    expect(await plan(cluster, held, { type: 'beginning' })).toMatchObject({ full: true });
  });

  test('from given offsets it reads only those partitions, from a time those records', async () => {
    const cluster = filledCluster(60);
    const held = fold(allRecords(cluster));
    const offsets = [{ topic: 'orders', partition: 1, offset: 3 }];
    const preview = await plan(cluster, held, { type: 'offsets', offsets });
    expect(preview.full).toBe(false);
    expect(preview.records).toBe(cluster.log('orders', 1).high - 3);
    const late = await plan(cluster, held, { type: 'time', at: 1_500 });
    expect(late.records).toBe(60);
  });

  test('an offset that was not folded yet is refused with what would do', async () => {
    const cluster = filledCluster(10);
    const offsets = [{ topic: 'orders', partition: 0, offset: 99 }];
    const planned = plan(cluster, fold(allRecords(cluster)), { type: 'offsets', offsets });
    await expect(planned).rejects.toMatchObject({ code: 'COMMAND_REFUSED', fix: expect.stringContaining('at most') });
  });
});

describe('a replay', () => {
  test('of an honest state is identical, digest for digest', async () => {
    const { replay, takeAll, held } = await begin();
    expect(replay.isAllThrough).toBe(false);
    takeAll();
    expect(replay.isAllThrough).toBe(true);
    expect(replay.verdict(3_500)).toEqual({
      type: 'identical',
      records: replay.preview.records,
      forMs: 2_500,
      digest: digestOf(held),
      removed: 0,
    });
  });

  test('respects the cut: what was placed since is not folded', async () => {
    const cluster = filledCluster(60);
    const { replay, takeAll } = await begin({ type: 'beginning' }, cluster);
    cluster.log('orders', 0).append([order('new')]);
    cluster.log('inventory-events', 0).append([outcome('new', cluster.log('orders', 0).high - 1)]);
    takeAll();
    expect(replay.verdict(0).type).toBe('identical');
  });

  test('leaves out a late batch that would make a gap, and takes one that overlaps', async () => {
    const { replay, cluster } = await begin();
    const records = cluster.log('orders', 0).records;
    replay.take('orders', 0, records.slice(5));
    expect(replay.second.ordersFold(0).position.next).toBe(0);
    replay.take('orders', 0, records.slice(0, 10));
    replay.take('orders', 0, records.slice(5));
    expect(replay.second.ordersFold(0).position.next).toBe(records.length);
    expect(replay.second.ordersFold(0).counters()).toEqual(fold(allRecords(cluster)).ordersFold(0).counters());
  });

  test('one outcome altered in the held state is found: counter, partition and offset', async () => {
    const cluster = filledCluster(60);
    const altered = allRecords(cluster).map((placed): Placed => {
      const { topic, partition, record } = placed;
      if (topic !== 'inventory-events' || partition !== 1 || record.offset !== 17) return placed;
      const text = String(record.value);
      const wasReserved = text.includes('InventoryReserved');
      const { orderId, source } = JSON.parse(text) as { orderId: string; source: { offset: number } };
      const other = outcome(orderId, source.offset, wasReserved ? 'failed' : 'reserved', 1);
      return { topic, partition, record: { ...record, value: Buffer.from(String(other.value)) } };
    });
    const { replay, takeAll } = await begin({ type: 'beginning' }, cluster, fold(altered));
    takeAll();
    const verdict = replay.verdict(2_000);
    expect(verdict).toMatchObject({ type: 'different', topic: 'inventory-events', partition: 1, from: 17, to: 18 });
    expect(verdict.type === 'different' && verdict.sentence).toMatch(
      /^(reserved|failed) of inventory-events\/1 is \d+ in the held state and \d+ in the replayed one; they first part at offset 17$/,
    );
  });

  test('of a window reports what lies in it and compares nothing', async () => {
    const cluster = filledCluster(60);
    const offsets = [{ topic: 'orders', partition: 0, offset: 10 }];
    const { replay, takeAll } = await begin({ type: 'offsets', offsets }, cluster);
    takeAll();
    const verdict = replay.verdict(2_000);
    expect(verdict).toMatchObject({ type: 'window', records: cluster.log('orders', 0).high - 10 });
    const inWindow = fold(
      allRecords(cluster).filter((r) => r.topic === 'orders' && r.partition === 0 && r.record.offset >= 10),
    );
    expect(verdict.type === 'window' && verdict.totals).toEqual(totalsOf(inWindow));
  });

  test('tells how far it is while the held totals stand', async () => {
    const { replay, cluster, held } = await begin();
    replay.take('orders', 0, cluster.log('orders', 0).records.slice(0, 10));
    expect(replay.state()).toMatchObject({ phase: 'rewinding', folded: 10, held: totalsOf(held) });
    expect(replay.state().replayed.total_orders).toBeLessThan(11);
  });
});

describe('recognising a log', () => {
  test('a log that only grew is known again', async () => {
    const cluster = filledCluster(20);
    const ledger = fold(allRecords(cluster));
    cluster.log('orders', 0).append([order('new')]);
    expect(await recognise(ledger, cluster.reader())).toEqual([]);
  });

  test('a topic recreated with other records is a stranger, and only that', async () => {
    const cluster = filledCluster(20);
    const ledger = fold(allRecords(cluster));
    const log = cluster.log('orders', 1);
    const count = log.high;
    log.loseFrom(0);
    log.append(Array.from({ length: count + 5 }, (_, i) => order(`other-${i}`)));
    expect(await recognise(ledger, cluster.reader())).toEqual([
      { topic: 'orders', partition: 1, reason: `the record at ${count - 1} is another one than was folded` },
    ]);
  });

  test('a log that lost its tail is a stranger', async () => {
    const cluster = filledCluster(20);
    const ledger = fold(allRecords(cluster));
    cluster.log('inventory-events', 0).loseFrom(4);
    expect(await recognise(ledger, cluster.reader())).toMatchObject([
      { topic: 'inventory-events', partition: 0, reason: 'it ends at 4, but was folded up to 10' },
    ]);
  });

  test('a log of which retention has removed all that was folded is taken as it is', async () => {
    const cluster = filledCluster(20);
    const ledger = fold(allRecords(cluster));
    const log = cluster.log('orders', 0);
    log.append([order('new')]);
    log.removeBelow(log.high);
    expect(await recognise(ledger, cluster.reader())).toEqual([]);
  });
});
