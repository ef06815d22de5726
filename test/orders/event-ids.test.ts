import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLanes } from '../../src/orders/hash.ts';
import { EventIds, eventIdOf, hashText } from '../../src/orders/ids.ts';

/** Rows `| topic | partition | offset | order id | event id |` of the page. */
function vectors(): { topic: string; partition: number; offset: number; orderId: string; eventId: string }[] {
  const rows = readFileSync('docs/event-ids.md', 'utf8').matchAll(
    /^\| `(.+?)` \| (\d+) \| (\d+) \| `(.+?)` \| `([0-9a-f]{32})` \|$/gm,
  );
  return [...rows].map(([, topic = '', partition, offset, orderId = '', eventId = '']) => ({
    topic,
    partition: Number(partition),
    offset: Number(offset),
    orderId,
    eventId,
  }));
}

const source = fc.record({
  topic: fc.stringMatching(/^[a-zA-Z0-9._-]{1,40}$/),
  partition: fc.nat(5000),
  offset: fc.nat(Number.MAX_SAFE_INTEGER),
});

describe('event ids', () => {
  test('are those of the vectors in the docs', () => {
    expect(vectors().length).toBeGreaterThanOrEqual(5);
    for (const { eventId, orderId, ...at } of vectors()) expect(eventIdOf(at, orderId)).toBe(eventId);
  });

  test('differ as soon as topic, partition, offset or order id differ', () => {
    const at = { topic: 'orders', partition: 1, offset: 5 };
    const ids = [
      eventIdOf(at, 'o-1'),
      eventIdOf({ ...at, topic: 'other' }, 'o-1'),
      eventIdOf({ ...at, partition: 2 }, 'o-1'),
      eventIdOf({ ...at, offset: 6 }, 'o-1'),
      eventIdOf({ ...at, offset: 5 + 2 ** 32 }, 'o-1'),
      eventIdOf(at, 'o-2'),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('are recognised in place in any bytes, and nothing else is', () => {
    fc.assert(
      fc.property(source, fc.string({ minLength: 1 }), fc.nat(31), (at, orderId, damaged) => {
        const ids = new EventIds(at.topic, at.partition);
        const lanes = createLanes();
        hashText(orderId, lanes);
        const bytes = Buffer.from(`..${ids.of(lanes, at.offset)}..`);
        expect(ids.matches(lanes, at.offset, bytes, 2, 34)).toBe(true);
        expect(ids.matches(lanes, at.offset, bytes, 2, 33)).toBe(false);
        bytes[2 + damaged] = bytes[2 + damaged] === 0x61 ? 0x62 : 0x61;
        expect(ids.matches(lanes, at.offset, bytes, 2, 34)).toBe(false);
      }),
    );
  });
});
