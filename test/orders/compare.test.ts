import { describe, expect, test } from 'vitest';
import { compareStates, digestOf } from '../../src/orders/compare.ts';
import { Ledger } from '../../src/orders/ledger.ts';
import { orderValue, outcomeValue, TOPICS } from './events.ts';

type Changes = { count?: number; failedAt?: number; missingAt?: number; redeliveredAt?: number };

/** A state over `count` orders and their outcomes in partition 1, with one thing changed. */
function state({ count = 1200, failedAt = -1, missingAt = -1, redeliveredAt = -1 }: Changes = {}): Ledger {
  const ledger = new Ledger(TOPICS);
  for (let offset = 0; offset < count; offset++) {
    const orderId = `o-${offset}`;
    ledger.ordersFold(1).apply(offset, orderValue(orderId));
    if (offset === missingAt) continue;
    const kind = offset === failedAt ? 'failed' : 'reserved';
    const source = offset === redeliveredAt ? offset - 1 : offset;
    ledger.outcomesFold(1).apply(offset, outcomeValue({ orderId: `o-${source}`, kind, partition: 1, offset: source }));
  }
  return ledger;
}

const events = { topic: TOPICS.inventoryEvents, partition: 1 };

describe('compareStates', () => {
  test('one outcome changed in the held state is found between two offsets', () => {
    const result = compareStates(state({ failedAt: 1034 }), state());
    expect(result).toMatchObject({ identical: false, counter: 'reserved', ...events, held: 1199, replayed: 1200 });
    if (result.identical) return;
    expect(result.from).toBeLessThanOrEqual(1034);
    expect(result.to).toBeGreaterThan(1034);
    expect(result.to - result.from).toBeLessThanOrEqual(8);
  });

  test('two outcomes changed so that every counter agrees are found by the hash over ids', () => {
    const result = compareStates(state({ failedAt: 100 }), state({ failedAt: 1000 }));
    expect(result).toMatchObject({ identical: false, counter: 'ids', ...events });
    if (result.identical) return;
    expect(result.from).toBeLessThanOrEqual(100);
    expect(result.to).toBeGreaterThan(100);
    expect(result.to).toBeLessThan(200);
  });

  test('a record that one state lacks is found', () => {
    expect(compareStates(state(), state({ missingAt: 7 }))).toMatchObject({ counter: 'reserved', from: 4, to: 8 });
    expect(compareStates(state({ missingAt: 1199 }), state())).toMatchObject({ identical: false, to: 1200 });
  });

  test('a difference in a count that accepts nothing is told with the offsets where it can lie', () => {
    const result = compareStates(state({ redeliveredAt: 20 }), state({ missingAt: 20 }));
    expect(result).toMatchObject({ counter: 'redelivered', ...events, held: 1, replayed: 0, from: 0, to: 1200 });
  });

  test('a partition that only one state has is a difference', () => {
    const more = state({ count: 5 });
    more.ordersFold(2).apply(0, orderValue('o-9'));
    const expected = { counter: 'orders', topic: TOPICS.orders, partition: 2, from: 0, to: 1 };
    expect(compareStates(more, state({ count: 5 }))).toMatchObject({ ...expected, held: 1, replayed: 0 });
    expect(compareStates(state({ count: 5 }), more)).toMatchObject({ ...expected, held: 0, replayed: 1 });
  });

  test('states of different length are different, and so are their digests', () => {
    expect(compareStates(state({ count: 10 }), state({ count: 11 }))).toMatchObject({ identical: false });
    expect(digestOf(state({ count: 10 }))).not.toBe(digestOf(state({ count: 11 })));
    expect(digestOf(state({ count: 10 }))).toBe(digestOf(state({ count: 10 })));
    expect(digestOf(state({ count: 10 }))).toMatch(/^[0-9a-f]{16}$/);
  });
});
