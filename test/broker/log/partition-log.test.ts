import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { headerAt, placeBatch } from '../../../src/broker/protocol/record-batch.ts';
import { temporaryFolder } from '../../rig/folder.ts';
import { batchOf } from '../batch-of.ts';
import { openTestLog, readAll } from './open-test-log.ts';

describe('appending and reading', () => {
  test('offsets run on over batches', () => {
    const { log, append } = openTestLog({ folder: temporaryFolder() });
    expect(append({ values: ['a', 'b', 'c'] })).toEqual({ error: 0, baseOffset: 0 });
    expect(append({ values: ['d'] })).toEqual({ error: 0, baseOffset: 3 });
    expect([log.startOffset, log.endOffset]).toEqual([0, 4]);
  });

  test('a batch is given back byte for byte but for its base offset and leader epoch', () => {
    const { log, append } = openTestLog({ folder: temporaryFolder() });
    append({ values: ['first'] });
    append({ values: ['x', 'y'], gzip: true });
    const expected = batchOf({ values: ['x', 'y'], gzip: true });
    placeBatch(expected, 0, 1);
    expect(log.read(1, 1e6, true).bytes).toEqual(expected);
  });

  test('a read begins with the batch that holds the offset', () => {
    const { log, append } = openTestLog({ folder: temporaryFolder() });
    append({ values: ['a', 'b', 'c'] });
    append({ values: ['d'] });
    expect(headerAt(log.read(2, 1e6, true).bytes, 0).baseOffset).toBe(0);
  });

  test('a read ends with a whole batch, and has at least one if it must', () => {
    const { log, append } = openTestLog({ folder: temporaryFolder() });
    append();
    append();
    const { size } = headerAt(log.read(0, 1e6, true).bytes, 0);
    expect(log.read(0, 2 * size - 1, true).bytes.length).toBe(size);
    expect(log.read(0, 1, true).bytes.length).toBe(size);
    expect(log.read(0, 1, false).bytes.length).toBe(0);
    expect(log.read(0, size - 1, false).bytes.length).toBe(0);
  });

  test('at the end there is nothing, beyond it and before the start there is an error', () => {
    const { log, append } = openTestLog({ folder: temporaryFolder(), startOffset: 10 });
    append();
    expect(log.read(11, 1e6, true)).toMatchObject({ error: 0, bytes: Buffer.alloc(0) });
    expect(log.read(12, 1e6, true).error).toBe(1);
    expect(log.read(9, 1e6, true).error).toBe(1);
  });

  test('any batches over any segments are read in order from any offset', () => {
    const wishes = fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.nat(3000)), { minLength: 1, maxLength: 40 });
    const property = fc.property(wishes, fc.integer({ min: 200, max: 20_000 }), fc.nat(), (all, segmentBytes, from) => {
      const { log, append } = openTestLog({ folder: temporaryFolder(), segmentBytes });
      for (const [count, length] of all) append({ values: Array.from({ length: count }, () => 'x'.repeat(length)) });
      const offset = from % log.endOffset;
      const batches = readAll(log, offset, 4000);
      const holder = batches[0]?.offset ?? -1;
      expect(holder).toBeLessThanOrEqual(offset);
      let next = holder;
      for (const { offset: base, bytes } of batches) {
        expect(base).toBe(next);
        next = base + headerAt(bytes, 0).count;
      }
      expect(next).toBe(log.endOffset);
    });
    fc.assert(property, { numRuns: 25 });
  });
});

describe('time', () => {
  test('the first record at or after a time is found, in plain and in gzip batches, over segments and index', () => {
    const wishes = fc.array(fc.tuple(fc.array(fc.nat(1000), { minLength: 1, maxLength: 4 }), fc.boolean()), {
      maxLength: 12,
    });
    const property = fc.property(
      wishes,
      fc.nat(1100),
      fc.integer({ min: 100, max: 900 }),
      (all, time, segmentBytes) => {
        const { log, append } = openTestLog({ folder: temporaryFolder(), segmentBytes });
        for (const [timestamps, gzip] of all) append({ values: timestamps.map(() => 'v'), timestamps, gzip });
        const times = all.flatMap(([timestamps]) => timestamps);
        const offset = times.findIndex((timestamp) => timestamp >= time);
        expect(log.find(time)).toEqual(offset < 0 ? undefined : { offset, timestamp: times[offset] });
      },
    );
    fc.assert(property, { numRuns: 40 });
  });

  test('records below the log start are not found', () => {
    const { log, append } = openTestLog({ folder: temporaryFolder() });
    append({ values: ['a', 'b'], timestamps: [10, 20] });
    log.deleteBefore(1);
    expect(log.find(5)).toEqual({ offset: 1, timestamp: 20 });
  });

  test('a batch that cannot be opened answers with its first offset', () => {
    const { log, append } = openTestLog({ folder: temporaryFolder() });
    append({ values: ['a', 'b'], timestamps: [10, 20], attributes: 4 });
    expect(log.find(15)).toEqual({ offset: 0, timestamp: 20 });
  });
});

describe('deleting records', () => {
  test('the log start moves and whole segments below it go', () => {
    const folder = temporaryFolder();
    const { log, append } = openTestLog({ folder, segmentBytes: 100 });
    for (let i = 0; i < 5; i++) append();
    expect(log.deleteBefore(3)).toBe(3);
    expect(log.read(2, 1e6, true).error).toBe(1);
    expect(readAll(log, 3).map(({ offset }) => offset)).toEqual([3, 4]);
    expect(readdirSync(folder).filter((name) => name.endsWith('.log'))).toHaveLength(2);
  });

  test('a start in the middle of a batch leaves the batch readable', () => {
    const { log, append } = openTestLog({ folder: temporaryFolder() });
    append({ values: ['a', 'b', 'c'] });
    log.deleteBefore(2);
    expect(log.read(2, 1e6, true)).toMatchObject({ error: 0 });
    expect(log.read(1, 1e6, true).error).toBe(1);
  });

  test('an older start changes nothing', () => {
    const { log, append } = openTestLog({ folder: temporaryFolder() });
    append({ values: ['a', 'b', 'c'] });
    log.deleteBefore(2);
    expect(log.deleteBefore(1)).toBe(2);
  });
});

test('listeners hear each append with its size and each other change, until they go', () => {
  const { log, append } = openTestLog({ folder: temporaryFolder() });
  const heard: number[] = [];
  const off = log.onChange((bytes) => heard.push(bytes));
  append();
  log.deleteBefore(1);
  off();
  append();
  expect(heard).toEqual([batchOf().length, Number.POSITIVE_INFINITY]);
});
