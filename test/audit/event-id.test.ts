import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Book } from '../../src/audit/book.ts';
import { expectedEventId, hashOf } from '../../src/audit/event-id.ts';
import { eventIdOf } from '../../src/orders/ids.ts';
import { anyUnits } from '../orders/texts.ts';

describe('audit event ids', () => {
  test('are those that the workers write, by other code', () => {
    const offset = fc.nat(Number.MAX_SAFE_INTEGER);
    const orderId = anyUnits(30);
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z.]{1,40}$/), fc.nat(5000), offset, orderId, (topic, partition, at, id) => {
        const [ofTopic, ofOrder] = [new Int32Array(4), new Int32Array(4)];
        hashOf(topic, ofTopic);
        hashOf(id, ofOrder);
        const expected = expectedEventId(ofOrder, ofTopic[0] as number, partition, at);
        expect(expected).toBe(eventIdOf({ topic, partition, offset: at }, id));
      }),
      { numRuns: 50 },
    );
  });
});

describe('book', () => {
  test('gives each id one row through every growth', () => {
    const book = new Book();
    for (let i = 0; i < 3000; i++) expect(book.row(`o-${i}`)).toBe(i);
    for (let i = 0; i < 3000; i++) expect(book.row(`o-${i}`)).toBe(i);
    expect(book.size).toBe(3000);
  });
});
