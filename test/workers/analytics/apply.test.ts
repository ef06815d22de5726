import { describe, expect, test } from 'vitest';
import { Ledger } from '../../../src/orders/ledger.ts';
import { totalsOf } from '../../../src/orders/totals.ts';
import { foldLive, foldRecords } from '../../../src/workers/analytics/apply.ts';
import { Latency } from '../../../src/workers/analytics/latency.ts';
import { Recent } from '../../../src/workers/analytics/recent.ts';
import { MemoryCluster } from '../memory-cluster.ts';
import { order, outcome, TOPICS } from '../orders.ts';

function logs() {
  const cluster = new MemoryCluster();
  cluster
    .log('orders')
    .append([order('run-1', 1_000), order('run-1', 1_100), order('other', 1_200), order('run-2', 1_300)]);
  cluster.log('inventory-events').append([outcome('run-1', 0), outcome('other', 2), outcome('run-2', 3, 'failed')]);
  return cluster;
}

describe('folding', () => {
  test('records are folded up to the given offset and not beyond', () => {
    const ledger = new Ledger(TOPICS);
    const { records } = logs().log('orders');
    foldRecords(ledger, { topic: 'orders', partition: 0, until: 2 }, records);
    expect(ledger.ordersFold(0)).toMatchObject({ total: 2, duplicates: 1, position: { next: 2 } });
  });

  test.each([true, false])('measuring (%s) makes no difference to what is counted', (isMeasured) => {
    const ledger = new Ledger(TOPICS);
    const latency = new Latency(0);
    if (isMeasured) latency.begin('run');
    for (const topic of ['orders', 'inventory-events']) {
      foldLive(ledger, { topic, partition: 0, now: 1_500 }, logs().log(topic).records, {
        latency,
        recent: new Recent(),
      });
    }
    expect(totalsOf(ledger)).toMatchObject({ total_orders: 4, distinct_orders: 3, failed_reservations: 1, pending: 0 });
    expect(latency.read()).toMatchObject(isMeasured ? { count: 2, max: 500 } : { count: 0 });
  });
});
