import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OutRecord } from '../../../src/kafka/partition-producer.ts';
import { EventIds } from '../../../src/orders/ids.ts';
import { OrderReader } from '../../../src/orders/order-reader.ts';
import { decide } from '../../../src/orders/outcome.ts';
import { OutcomesFold } from '../../../src/orders/outcomes-fold.ts';
import { readOutcome } from '../../../src/orders/read.ts';
import { Slice } from '../../../src/workers/inventory/slice.ts';
import { MemoryLog } from '../memory-cluster.ts';
import { nonsense, order, outcome } from '../orders.ts';

const AT = Date.UTC(2026, 1, 19, 12);

function stage(records: OutRecord[], known: OutRecord[] = []) {
  const log = new MemoryLog();
  log.append(records);
  const fold = new OutcomesFold({ ordersTopic: 'orders', partition: 0, journal: false });
  known.forEach((r, i) => void fold.apply(i, Buffer.from(r.value as string)));
  const ids = new EventIds('orders', 0);
  const slice = new Slice({ topic: 'orders', ids, reader: new OrderReader(), isKnown: (lanes) => fold.has(lanes) });
  const takeAll = (failRate = 0, at = AT) => {
    for (const record of log.records) if (!slice.isFull) slice.take(record, failRate, at);
    return slice;
  };
  return { slice, takeAll };
}

const outcomes = (slice: Slice) => slice.outputs.map((r) => readOutcome(Buffer.from(r.value as string)));

describe('slice', () => {
  test('every new order becomes one outcome that names its source and is keyed by its order', () => {
    const slice = stage([order('a'), order('b')]).takeAll();
    expect(outcomes(slice)).toMatchObject([
      { kind: 'reserved', orderId: 'a', source: { topic: 'orders', partition: 0, offset: 0 } },
      { kind: 'reserved', orderId: 'b', source: { topic: 'orders', partition: 0, offset: 1 } },
    ]);
    expect(slice.outputs.map((r) => [r.key, r.timestamp])).toEqual([
      ['a', AT],
      ['b', AT],
    ]);
    expect(slice.next).toBe(2);
  });

  test('an order decided before, or earlier in the slice, is a duplicate and has no second outcome', () => {
    const slice = stage([order('a'), order('b'), order('b'), order('a')], [outcome('a', 0)]).takeAll();
    expect(slice.outputs.map((r) => r.key)).toEqual(['b']);
    expect(slice).toMatchObject({ duplicates: 3, records: 4, next: 4 });
  });

  test('what is no order is rejected with its reason and does not stop the others', () => {
    const tombstone = { key: 'x', value: null, timestamp: 0 };
    const slice = stage([order('a'), nonsense(), tombstone, order('b')]).takeAll();
    expect(slice.rejected.map((r) => [r.record.offset, r.reason])).toEqual([
      [1, 'not JSON'],
      [2, 'tombstone'],
    ]);
    expect(slice.outputs).toHaveLength(2);
    expect(slice.next).toBe(4);
  });

  test('it is full at a thousand records, whatever they were', () => {
    const slice = stage(Array.from({ length: 1_500 }, (_, i) => (i % 2 ? nonsense() : order(`o${i}`)))).takeAll();
    expect(slice.records).toBe(1_000);
    expect(slice.next).toBe(1_000);
  });

  test('it is full at 256 KB of outcomes', () => {
    const slice = stage(Array.from({ length: 1_000 }, (_, i) => order(`${i}`.padStart(200, 'x')))).takeAll();
    expect(slice.isFull).toBe(true);
    expect(slice.records).toBeLessThan(700);
    const bytes = slice.outputs.reduce((sum, r) => sum + (r.value?.length ?? 0), 0);
    expect(bytes).toBeLessThan(257 * 1024);
  });

  test('a redelivered order is decided alike, with the same event id', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1, maxLength: 20 }), { maxLength: 30 }), (ids) => {
        const [one, other] = [0, 60_000].map((later) => stage(ids.map((id) => order(id))).takeAll(0.5, AT + later));
        const known = (slice: Slice | undefined) =>
          slice?.decisions.map((d) => [d.sourceOffset, d.kind, [...d.lanes].join(' ')]);
        expect(known(one)).toEqual(known(other));
        const eventIds = (slice: Slice) => outcomes(slice).map((o) => 'eventId' in o && o.eventId);
        expect(eventIds(one as Slice)).toEqual(eventIds(other as Slice));
      }),
    );
  });

  test('the fail rate decides, by the order id alone', () => {
    const ids = Array.from({ length: 500 }, (_, i) => `o-${i}`);
    const slice = stage(ids.map((id) => order(id))).takeAll(0.3);
    expect(slice.decisions.map((d) => d.kind)).toEqual(ids.map((id) => decide(id, 0.3)));
  });

  test('a decision keeps its own hash, though the reader overwrites its', () => {
    const slice = stage([order('a'), order('b')]).takeAll();
    const [a, b] = slice.decisions.map((d) => [...d.lanes].join(' '));
    expect(a).not.toBe(b);
  });
});
