import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Census } from '../../src/orders/census.ts';
import { createLanes } from '../../src/orders/hash.ts';
import { IdTable } from '../../src/orders/id-table.ts';
import { hashText } from '../../src/orders/ids.ts';
import { Seen } from '../../src/orders/seen.ts';

const lanes = createLanes();

function hashed(id: string | number) {
  hashText(String(id), lanes);
  return lanes;
}

describe('id table', () => {
  test('holds what was put there, and its tag, through every growth', () => {
    const table = new IdTable();
    const numbers = Array.from({ length: 20_000 }, (_, i) => i);
    expect(numbers.filter((i) => table.claim(hashed(i), i + 1) !== 0)).toEqual([]);
    expect(table.size).toBe(20_000);
    expect(numbers.filter((i) => table.get(hashed(i)) !== i + 1)).toEqual([]);
    expect(numbers.filter((i) => table.get(hashed(i + 20_000)) !== 0)).toEqual([]);
    expect(table.claim(hashed(7), 99)).toBe(8);
    table.retag(hashed(7), 99);
    expect(table.get(hashed(7))).toBe(99);
    expect(table.size).toBe(20_000);
  });

  test('tells every id with its tag once', () => {
    const table = new IdTable();
    for (let i = 0; i < 1000; i++) table.claim(hashed(i), i + 1);
    const tags = new Set<number>();
    table.forEach((id, tag) => {
      expect([...id]).toEqual([...hashed(tag - 1)]);
      tags.add(tag);
    });
    expect(tags.size).toBe(1000);
  });

  test('holds hashes whose lanes are zero', () => {
    const table = new IdTable();
    expect(table.claim(new Int32Array(4), 5)).toBe(0);
    expect(table.get(new Int32Array(4))).toBe(5);
  });

  test('takes at most 48 bytes an id, just after it has grown', () => {
    const table = new IdTable();
    const id = createLanes();
    for (let i = 0; i < 410_000; i++) {
      id[0] = Math.imul(i + 1, 0x9e3779b1);
      id[1] = Math.imul(i, 0x85ebca6b);
      id[3] = i;
      table.claim(id, 1);
    }
    expect(table.size).toBe(410_000);
    expect(table.bytes / table.size).toBeLessThan(48);
  });
});

describe('seen', () => {
  test('behaves as a set of texts', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 3 })), (ids) => {
        const seen = new Seen();
        const model = new Set<string>();
        for (const id of ids) {
          expect(seen.has(id)).toBe(model.has(id));
          expect(seen.add(id)).toBe(!model.has(id));
          model.add(id);
        }
        expect(seen.size).toBe(model.size);
      }),
    );
  });
});

type Add = { id: number; partition: number; failed: boolean };

/** The census by plain maps: for each id its partitions, each with its first outcome. */
class PlainCensus {
  readonly ids = new Map<number, Map<number, boolean>>();

  add({ id, partition, failed }: Add): boolean {
    const partitions = this.ids.get(id) ?? new Map<number, boolean>();
    this.ids.set(id, partitions);
    if (partitions.has(partition)) return false;
    partitions.set(partition, failed);
    return true;
  }

  forget(partition: number): void {
    for (const [id, partitions] of this.ids)
      if (partitions.delete(partition) && partitions.size === 0) this.ids.delete(id);
  }

  counts() {
    const all = [...this.ids.values()];
    const winners = all.map((partitions) => partitions.get(Math.min(...partitions.keys())));
    const held = all.reduce((sum, partitions) => sum + partitions.size, 0);
    return { distinct: all.length, failed: winners.filter(Boolean).length, crossPartition: held - all.length };
  }
}

function countsOf({ distinct, failed, crossPartition }: Census) {
  return { distinct, failed, crossPartition };
}

const adds = fc.array(fc.record({ id: fc.nat(8), partition: fc.nat(4), failed: fc.boolean() }), { maxLength: 60 });

describe('census', () => {
  test('counts each id once, by its lowest partition, in whatever order they come', () => {
    fc.assert(
      fc.property(adds, fc.nat(4), (list, gone) => {
        const census = new Census();
        const model = new PlainCensus();
        for (const add of list) {
          expect(census.has(hashed(add.id), add.partition)).toBe(model.ids.get(add.id)?.has(add.partition) ?? false);
          expect(census.add(hashed(add.id), add.partition, add.failed ? 'failed' : 'reserved')).toBe(model.add(add));
          expect(countsOf(census)).toEqual(model.counts());
        }
        census.forget(gone);
        model.forget(gone);
        expect(countsOf(census)).toEqual(model.counts());
        for (const { id, partition } of list) {
          expect(census.has(hashed(id), partition)).toBe(model.ids.get(id)?.has(partition) ?? false);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('refuses a partition number that it could not keep', () => {
    expect(() => new Census().add(hashed(1), 32_767, 'reserved')).toThrow(RangeError);
    expect(new Census().add(hashed(1), 32_766, 'failed')).toBe(true);
  });
});
