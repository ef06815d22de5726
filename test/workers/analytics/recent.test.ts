import { describe, expect, test } from 'vitest';
import type { ConsumedRecord } from '../../../src/kafka/record.ts';
import { Ledger } from '../../../src/orders/ledger.ts';
import { foldLive } from '../../../src/workers/analytics/apply.ts';
import { Latency } from '../../../src/workers/analytics/latency.ts';
import { Recent } from '../../../src/workers/analytics/recent.ts';
import { MemoryCluster } from '../memory-cluster.ts';
import { nonsense, order, outcome, TOPICS } from '../orders.ts';

/** Folds what is appended, as analytics does, and tells what is noted as `orderId state`. */
function kitchen(run = '') {
  const cluster = new MemoryCluster();
  const ledger = new Ledger(TOPICS);
  const latency = new Latency(0);
  const recent = new Recent();
  if (run) latency.begin(run);
  const fold = (topic: string, now: number, sent: Parameters<ReturnType<MemoryCluster['log']>['append']>[0]) => {
    const log = cluster.log(topic);
    const from = log.records.length;
    log.append(sent);
    const records: readonly ConsumedRecord[] = log.records.slice(from);
    foldLive(ledger, { topic, partition: 0, now }, records, { latency, recent });
  };
  return {
    recent,
    orders: (sent: ReturnType<typeof order>[], now = 1_500) => fold('orders', now, sent),
    outcomes: (sent: ReturnType<typeof order>[]) => fold('inventory-events', 2_000, sent),
    told: () => recent.read().map(({ orderId, state }) => `${orderId} ${state}`),
  };
}

const many = (count: number, id: (n: number) => string) => Array.from({ length: count }, (_, n) => order(id(n)));

describe('recent orders', () => {
  test('an order waits until its outcome is folded, and then knows how long that took', () => {
    const { recent, orders, outcomes, told } = kitchen();
    orders([order('a', 1_400), order('b', 1_450), order('c', 1_460)]);
    expect(told()).toEqual(['c waiting', 'b waiting', 'a waiting']);
    outcomes([outcome('a', 0), outcome('b', 1, 'failed')]);
    expect(told()).toEqual(['c waiting', 'b failed', 'a reserved']);
    expect(recent.read().map(({ latencyMs }) => latencyMs)).toEqual([null, 550, 600]);
  });

  test('copies and records that are no order are told as what they are', () => {
    const { orders, told } = kitchen();
    orders([order('a', 1), order('a', 2), { ...nonsense('key-1'), timestamp: 3 }]);
    expect(told()).toEqual(['key-1 malformed', 'a duplicate', 'a waiting']);
  });

  test('an order whose outcome was folded before it is decided at once, without a latency', () => {
    const { recent, orders, outcomes, told } = kitchen();
    outcomes([outcome('a', 0, 'failed')]);
    orders([order('a')]);
    expect(told()).toEqual(['a failed']);
    expect(recent.read()[0]?.latencyMs).toBeNull();
  });

  test('an outcome that is not of a noted order changes nothing', () => {
    const { orders, outcomes, told } = kitchen('run');
    orders([...many(10, (n) => `run-${n}`), order('mine', 2_000)]);
    outcomes(many(9, () => '').map((_, n) => outcome(`run-${n}`, n)));
    expect(told()).toEqual(['mine waiting']);
    orders([order('run-10', 2_100)]);
    expect(told()).toEqual(['run-10 waiting', 'mine waiting']);
    outcomes([outcome('run-9', 9), outcome('run-10', 11)]);
    expect(told()).toEqual(['run-10 reserved', 'mine waiting']);
  });

  test('of a load only a sample is noted, and no flood of it pushes out what a person placed', () => {
    const { recent, orders, told } = kitchen('run');
    orders([order('mine', 5)]);
    for (let look = 0; look < 50; look++) {
      orders(
        many(100, (n) => `run-${look}-${n}`),
        10_000 + look * 250,
      );
    }
    expect(told()).toContain('mine waiting');
    expect(recent.read().filter(({ ofLoad }) => ofLoad)).toHaveLength(40);
    expect(recent.read()).toHaveLength(41);
  });

  test('between two looks a load adds no more than three', () => {
    const { recent, orders } = kitchen('run');
    for (let batch = 0; batch < 20; batch++) {
      orders(
        many(10, (n) => `run-${batch}-${n}`),
        10_000 + batch,
      );
    }
    expect(recent.read()).toHaveLength(3);
  });

  test('without a load the last of a large batch are noted, and what went before them is not waited for', () => {
    const { recent, orders, outcomes } = kitchen();
    orders(many(1_000, (n) => `o-${n}`));
    expect(recent.read()).toHaveLength(20);
    expect(recent.nextWaiting(0)).toBe(980);
    orders(many(20, (n) => `p-${n}`));
    expect(recent.nextWaiting(0)).toBe(1_000);
    outcomes([outcome('p-0', 1_000)]);
    expect(recent.nextWaiting(0)).toBe(1_001);
  });

  test('an order that an older producer decided by its id alone is decided when the outcomes pass it', () => {
    const { orders, outcomes, told } = kitchen();
    orders([order('a', 1), order('b', 2)]);
    outcomes([{ key: 'a', value: '{"eventType":"InventoryFailed","orderId":"a"}', timestamp: 2_000 }, outcome('b', 1)]);
    expect(told()).toEqual(['b reserved', 'a failed']);
  });

  test('nothing is left once the log is another one', () => {
    const { recent, orders } = kitchen();
    orders([order('a')]);
    recent.clear();
    expect(recent.read()).toEqual([]);
    expect(recent.nextWaiting(0)).toBe(Number.POSITIVE_INFINITY);
  });
});
