import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { partitionFor } from '../../../src/kafka/partitioner.ts';
import { readOrder } from '../../../src/orders/read.ts';
import { type Composed, createComposer } from '../../../src/workers/load/compose.ts';
import type { LoadPlan } from '../../../src/workers/messages.ts';
import { seeded } from '../fake-world.ts';

const AT = Date.UTC(2026, 1, 19, 12);
const PLAN: LoadPlan = { run: 'r1', rate: 'max', shape: 'steady', duplicates: 0, malformed: 0, hot: 0 };

function compose(plan: Partial<LoadPlan>, count: number, total: number | undefined = count): Composed[] {
  let event = 0;
  const next = createComposer({ ...PLAN, ...plan }, total, {
    partitionOf: (key) => partitionFor(key, 3),
    eventId: () => `e-${event++}`,
    random: seeded(1),
  });
  return Array.from({ length: count }, () => next(AT));
}

const ofKind = (all: Composed[], kind: Composed['kind']) => all.filter((c) => c.kind === kind);
const fraction = fc.oneof(fc.constantFrom(0, 1, 0.5, 0.01, 0.005), fc.double({ min: 0, max: 1, noNaN: true }));

describe('composer', () => {
  test('the shares of all records are exact, whatever they are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_000 }), fraction, fraction, (count, malformed, duplicates) => {
        const all = compose({ malformed, duplicates }, count);
        const broken = Math.round(malformed * count);
        const repeated = Math.min(Math.round(duplicates * count), count - broken);
        expect(ofKind(all, 'malformed')).toHaveLength(broken);
        // The first valid record has nothing to repeat.
        expect(ofKind(all, 'duplicate')).toHaveLength(Math.max(0, Math.min(repeated, count - broken - 1)));
      }),
    );
  });

  test('20,000 records with 1 % duplicates and 0.5 % malformed are 19,900 orders of 19,700 ids', () => {
    const all = compose({ duplicates: 0.01, malformed: 0.005 }, 20_000);
    expect(ofKind(all, 'malformed')).toHaveLength(100);
    expect(ofKind(all, 'distinct')).toHaveLength(19_700);
  });

  test('distinct ids are unique, and a duplicate repeats one that came before', () => {
    const seen = new Set<string>();
    for (const { kind, record } of compose({ duplicates: 0.3, hot: 0.2 }, 5_000)) {
      expect(seen.has(record.key as string)).toBe(kind === 'duplicate');
      seen.add(record.key as string);
    }
  });

  test('the first record is never a duplicate, even if all shall be', () => {
    expect(compose({ duplicates: 1 }, 10).map((c) => c.kind)).toEqual(['distinct', ...Array(9).fill('duplicate')]);
  });

  test('every valid record is an order that its key names, at the given time', () => {
    for (const { record } of compose({ duplicates: 0.1, hot: 0.5 }, 200)) {
      const read = readOrder(Buffer.from(record.value as string));
      expect(read).toEqual({ orderId: record.key, createdAt: '2026-02-19T12:00:00.000Z' });
      expect(record.timestamp).toBe(AT);
    }
  });

  test('malformed records are malformed in every way in turn', () => {
    const reasons = compose({ malformed: 1 }, 8).map(({ record }) => {
      const { value } = record;
      return readOrder(value === null ? null : Buffer.from(value as string));
    });
    expect(new Set(reasons.map((r) => 'malformed' in r && r.malformed))).toEqual(
      new Set(['not JSON', 'orderId is missing', 'eventType is not OrderPlaced', 'tombstone']),
    );
  });

  test('every record goes where its key belongs by murmur2, and the hot ones to partition 0', () => {
    const all = compose({ hot: 1, malformed: 0.1 }, 300);
    for (const { partition, record } of all) expect(partition).toBe(partitionFor(record.key as string, 3));
    expect(ofKind(all, 'distinct').every((c) => c.partition === 0)).toBe(true);
  });

  test('a hot share is a share of the ids', () => {
    const hot = ofKind(compose({ hot: 0.25 }, 400), 'distinct').filter((c) => /h\d+$/.test(c.record.key as string));
    expect(hot).toHaveLength(100);
  });

  test('two runs share no id, and the same run composes the same ids', () => {
    const ids = (run: string) => compose({ run }, 50).map((c) => c.record.key);
    expect(ids('a')).toEqual(ids('a'));
    expect(ids('a').filter((id) => ids('b').includes(id))).toEqual([]);
  });

  test('when only time bounds it, the shares hold all the same', () => {
    const all = compose({ malformed: 0.1, duplicates: 0.2 }, 1_000, undefined);
    expect(ofKind(all, 'malformed')).toHaveLength(100);
    expect(ofKind(all, 'duplicate').length).toBeGreaterThanOrEqual(179);
  });
});
