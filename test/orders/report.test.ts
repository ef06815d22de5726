import { describe, expect, test } from 'vitest';
import { Ledger } from '../../src/orders/ledger.ts';
import { printReport } from '../../src/orders/report.ts';
import { totalsOf } from '../../src/orders/totals.ts';
import { orderValue, outcomeValue, TOPICS } from './events.ts';

describe('report', () => {
  test('is the text of metrics.txt, minutes in order', () => {
    const ledger = new Ledger(TOPICS);
    ledger.ordersFold(1).apply(0, orderValue('a', '2026-02-19T04:31:00.000Z'));
    ledger.ordersFold(0).apply(0, orderValue('b', '2026-02-19T04:30:00.000Z'));
    ledger.ordersFold(0).apply(1, orderValue('c', '2026-02-19T04:31:59.000Z'));
    ledger.outcomesFold(1).apply(0, outcomeValue({ orderId: 'a', partition: 1, offset: 0 }));
    ledger.outcomesFold(0).apply(0, outcomeValue({ orderId: 'b', offset: 0, kind: 'failed' }));
    ledger.outcomesFold(0).apply(1, outcomeValue({ orderId: 'c', offset: 1 }));
    expect(printReport(totalsOf(ledger))).toBe(
      [
        '=== Analytics Metrics ===',
        'Total orders seen: 3',
        'Total reservations: 3',
        'Failed reservations: 1',
        'Failure rate: 0.3333',
        '',
        'Orders per minute:',
        '  2026-02-19T04:30: 1',
        '  2026-02-19T04:31: 2',
        '',
      ].join('\n'),
    );
  });
});
