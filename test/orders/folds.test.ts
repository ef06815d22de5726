import { describe, expect, test } from 'vitest';
import { Census } from '../../src/orders/census.ts';
import { createLanes } from '../../src/orders/hash.ts';
import { hashText } from '../../src/orders/ids.ts';
import { OrdersFold } from '../../src/orders/orders-fold.ts';
import { OutcomesFold } from '../../src/orders/outcomes-fold.ts';
import { hashOfValue } from '../../src/orders/position.ts';
import { legacyValue, orderValue, outcomeValue, TOPICS } from './events.ts';

function outcomes(census = new Census()) {
  const fold = new OutcomesFold({ ordersTopic: TOPICS.orders, partition: 0, census });
  let offset = 0;
  return { fold, apply: (value: Buffer | null) => fold.apply(offset++, value) };
}

function idHash(orderId: string) {
  const lanes = createLanes();
  hashText(orderId, lanes);
  return lanes;
}

describe('outcomes fold', () => {
  test('judges own events by whether their offset is above the last and their id new', () => {
    const { fold, apply } = outcomes();
    expect(apply(outcomeValue({ orderId: 'a', offset: 5 }))).toBe('accepted');
    expect(apply(outcomeValue({ orderId: 'a', offset: 5 }))).toBe('redelivered');
    expect(apply(outcomeValue({ orderId: 'b', offset: 4 }))).toBe('conflict');
    expect(apply(outcomeValue({ orderId: 'b', offset: 5 }))).toBe('conflict');
    expect(apply(outcomeValue({ orderId: 'a', offset: 9 }))).toBe('repeated');
    expect(fold.last).toBe(9);
    expect(apply(outcomeValue({ orderId: 'b', offset: 8 }))).toBe('conflict');
    expect(apply(outcomeValue({ orderId: 'b', offset: 10, kind: 'failed' }))).toBe('accepted');
    expect(fold.counters()).toMatchObject({
      reserved: 1,
      failed: 1,
      redelivered: 1,
      conflict: 3,
      repeated: 1,
      last: 10,
    });
  });

  test('counts events of another partition, topic or order as foreign, and they move nothing', () => {
    const { fold, apply } = outcomes();
    const own = outcomeValue({ orderId: 'a', offset: 5 }).toString();
    expect(apply(outcomeValue({ orderId: 'a', offset: 5, partition: 1 }))).toBe('foreign');
    expect(apply(Buffer.from(own.replace('"topic":"orders"', '"topic":"other"')))).toBe('foreign');
    expect(apply(Buffer.from(own.replace('"offset":5', '"offset":6')))).toBe('foreign');
    expect(apply(Buffer.from(own.replace('"offset":5', '"offset":-5')))).toBe('foreign');
    expect(apply(Buffer.from(own.replace('"orderId":"a"', '"orderId":"b"')))).toBe('foreign');
    expect(apply(Buffer.from(own.replace('"orderId":"a"', '"orderId": "b"')))).toBe('foreign');
    expect(apply(Buffer.from(own.replace('"orderId":"a"', '"orderId": "a"')))).toBe('accepted');
    expect(fold.counts.foreign).toBe(6);
    expect(fold.last).toBe(5);
  });

  test('counts an older producer by order id without moving the last offset', () => {
    const { fold, apply } = outcomes();
    expect(apply(legacyValue('a', 'failed'))).toBe('legacy');
    expect(apply(legacyValue('a'))).toBe('legacy');
    expect(fold.last).toBe(-1);
    expect(fold.counters()).toMatchObject({ reserved: 0, failed: 1, legacy: 2 });
    expect(fold.has(idHash('a'))).toBe(true);
    expect(apply(outcomeValue({ orderId: 'a', offset: 0 }))).toBe('repeated');
  });

  test('takes what its own worker had acknowledged without reading it again', () => {
    const { fold } = outcomes();
    expect(fold.applyOwn(0, 3, idHash('a'), 'failed')).toBe('accepted');
    expect(fold.applyOwn(0, 3, idHash('a'), 'failed')).toBe('stale');
    expect(fold.apply(1, outcomeValue({ orderId: 'a', offset: 3 }))).toBe('redelivered');
    expect(fold.applyOwn(2, 4, idHash('a'), 'reserved')).toBe('repeated');
    expect(fold.counters()).toMatchObject({ failed: 1, redelivered: 1, repeated: 1, last: 4 });
  });
});

describe('orders fold', () => {
  test('counts every valid record as an order and the first of each id as distinct', () => {
    const fold = new OrdersFold({ partition: 0 });
    expect(fold.apply(0, orderValue('a'))).toBe('placed');
    expect(fold.apply(1, orderValue('a'))).toBe('duplicate');
    expect(fold.apply(2, null)).toBe('malformed');
    expect(fold.apply(2, orderValue('b'))).toBe('stale');
    expect(fold.apply(7, orderValue('b', 'soon'))).toBe('placed');
    expect(fold.counters()).toEqual({ orders: 3, distinct: 2, duplicates: 1, malformed: 1, unknown: 1 });
    expect(fold.minutes.save()).toEqual({ '2026-02-19T04:30': 2, unknown: 1 });
    expect(fold.position).toMatchObject({ first: 0, next: 8 });
  });

  test('counts minutes that are none as unknown', () => {
    const fold = new OrdersFold({ partition: 0 });
    const odd = [
      '',
      '2026-13-01T00:00',
      '2026-01-32T00:00',
      '2026-01-01T24:00',
      '2026-01-01T00:60',
      '2026-01-01 00:00',
      'unknown',
    ];
    for (const [offset, createdAt] of odd.entries()) fold.apply(offset, orderValue(`o-${offset}`, createdAt));
    expect(fold.minutes.save()).toEqual({ unknown: odd.length });
  });

  test('knows its log again by the hash of the last value', () => {
    const fold = new OrdersFold({ partition: 0 });
    expect(fold.save().lastHash).toBe('');
    fold.apply(0, orderValue('a'));
    expect(fold.save().lastHash).toBe(hashOfValue(orderValue('a')));
    expect(fold.save().lastHash).not.toBe(hashOfValue(orderValue('b')));
    fold.apply(1, null);
    expect(fold.save().lastHash).toBe(hashOfValue(null));
  });
});

describe('restoring a fold', () => {
  test.each([
    ['whose journal is too short', (journal: Buffer) => [journal.subarray(0, journal.length - 24)]],
    ['whose journal ends within an entry', (journal: Buffer) => [journal.subarray(0, journal.length - 1)]],
    ['whose journal holds an id twice', (journal: Buffer) => [journal.subarray(24), journal.subarray(24, 48)]],
  ])('refuses a state %s', (_, damage) => {
    const fold = new OrdersFold({ partition: 0 });
    for (let offset = 0; offset < 5; offset++) fold.apply(offset, orderValue(`o-${offset}`));
    const journal = fold.takeJournal();
    expect(new OrdersFold({ partition: 0 }).restore(fold.save(), [journal])).toBe(true);
    expect(new OrdersFold({ partition: 0 }).restore(fold.save(), damage(journal))).toBe(false);
  });

  test('keeps offsets beyond 32 bits', () => {
    const far = 2 ** 40 + 3;
    const fold = outcomes().fold;
    fold.apply(far, outcomeValue({ orderId: 'a', offset: far, kind: 'failed' }));
    const again = outcomes().fold;
    expect(again.restore(fold.save(), [fold.takeJournal()])).toBe(true);
    expect(again.counters()).toEqual(fold.counters());
    expect(again.accepted.checkpoints.offsets()).toEqual(fold.accepted.checkpoints.offsets());
  });

  test('a fold without a journal keeps no entries', () => {
    const fold = new OrdersFold({ partition: 0, journal: false });
    fold.apply(0, orderValue('a'));
    expect(fold.takeJournal()).toHaveLength(0);
  });
});
