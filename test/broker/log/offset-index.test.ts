import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type IndexEntry, OffsetIndex } from '../../../src/broker/log/offset-index.ts';

const BASE = 5_000_000_000;

/** Entries as a log makes them: everything rises. */
const entries = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 100_000 }), fc.nat(50)), {
    maxLength: 60,
  })
  .map((steps) => {
    let last: IndexEntry = { offset: BASE, position: 0, maxTimestamp: 1_700_000_000_000 };
    return steps.map(([offset, position, time]) => {
      last = {
        offset: last.offset + offset,
        position: last.position + position,
        maxTimestamp: last.maxTimestamp + time,
      };
      return last;
    });
  });

function indexOf(all: IndexEntry[]): OffsetIndex {
  const index = new OffsetIndex(BASE);
  for (const entry of all) index.add(entry);
  return index;
}

describe('the sparse index', () => {
  test('finds what a search from the beginning finds', () => {
    const property = fc.property(entries, fc.nat(60_000), fc.nat(3_000), (all, relative, later) => {
      const index = indexOf(all);
      const offset = BASE + relative;
      const time = 1_700_000_000_000 + later;
      expect(index.floor(offset)).toEqual(all.findLast((entry) => entry.offset <= offset));
      expect(index.positionForTime(time)).toBe(all.findLast((entry) => entry.maxTimestamp < time)?.position ?? 0);
    });
    fc.assert(property);
  });

  test('is the same after a way through its file, torn or not', () => {
    const property = fc.property(entries, fc.nat(15), (all, torn) => {
      const bytes = Buffer.concat([indexOf(all).toBytes(), Buffer.alloc(torn, 0xff)]);
      const read = OffsetIndex.from(BASE, bytes, Number.MAX_SAFE_INTEGER);
      expect(read.length).toBe(all.length);
      expect(read.toBytes()).toEqual(indexOf(all).toBytes());
    });
    fc.assert(property);
  });

  test('forgets entries that point behind the end of the log', () => {
    const property = fc.property(entries, fc.nat(1_000_000), (all, end) => {
      const read = OffsetIndex.from(BASE, indexOf(all).toBytes(), end);
      expect(read.length).toBe(all.filter(({ position }) => position < end).length);
    });
    fc.assert(property);
  });
});
