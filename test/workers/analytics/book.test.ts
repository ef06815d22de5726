import { appendFile, mkdir, mkdtemp, readdir, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { digestOf } from '../../../src/orders/compare.ts';
import { Ledger } from '../../../src/orders/ledger.ts';
import { totalsOf } from '../../../src/orders/totals.ts';
import { machineMeans } from '../../../src/state/files.ts';
import { type Book, openBook } from '../../../src/workers/analytics/book.ts';
import { TOPICS } from '../orders.ts';
import { allRecords, filledCluster, type Placed } from './records.ts';

const RECORDS = allRecords(filledCluster(120));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lunchrush-book-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = (reached: (name: string) => void = () => {}, key = 'key') =>
  openBook({ folder, key, topics: TOPICS, means: { ...machineMeans, reached } });

function fold(ledger: Ledger, records: readonly Placed[]): void {
  for (const { topic, partition, record } of records) ledger.fold(topic, partition).apply(record.offset, record.value);
}

/** What an uninterrupted fold of these records says. */
function uninterrupted(records: readonly Placed[]): Ledger {
  const ledger = new Ledger(TOPICS, { journal: false });
  fold(ledger, records);
  return ledger;
}

function expectSame(book: Book, records: readonly Placed[]): void {
  const wanted = uninterrupted(records);
  expect(totalsOf(book.ledger)).toEqual(totalsOf(wanted));
  expect(digestOf(book.ledger)).toBe(digestOf(wanted));
}

describe('book', () => {
  test('saved at any point and opened again, it goes on as if nothing had been', async () => {
    for (let cut = 0; cut <= RECORDS.length; cut += 37) {
      const first = await open();
      fold(first.ledger, RECORDS.slice(0, cut));
      await first.save(null);
      await first.close();
      const second = await open();
      expect(second.lostBecause).toBe('');
      expectSame(second, RECORDS.slice(0, cut));
      fold(second.ledger, RECORDS);
      expectSame(second, RECORDS);
      await second.close();
      await rm(folder, { recursive: true });
      await mkdir(folder);
    }
  });

  test('what was folded after the last save is read from the log again', async () => {
    const first = await open();
    fold(first.ledger, RECORDS.slice(0, 50));
    await first.save(null);
    fold(first.ledger, RECORDS);
    await first.close();
    const second = await open();
    expectSame(second, RECORDS.slice(0, 50));
    await second.close();
  });

  test('it saves what stands there at the call, though folding goes on while the disk works', async () => {
    const first = await open();
    fold(first.ledger, RECORDS.slice(0, 50));
    const saved = first.save(null);
    fold(first.ledger, RECORDS);
    await saved;
    await first.close();
    const second = await open();
    expectSame(second, RECORDS.slice(0, 50));
    await second.close();
  });

  test('saves that are asked for at the same time are done one after the other', async () => {
    const first = await open();
    const saves: Promise<void>[] = [];
    for (let i = 0; i < 6; i++) {
      fold(first.ledger, RECORDS.slice(i * 40, (i + 1) * 40));
      saves.push(first.save(null));
    }
    await Promise.all(saves);
    await first.close();
    const second = await open();
    expect(second.lostBecause).toBe('');
    expectSame(second, RECORDS.slice(0, 240));
    await second.close();
  });

  test.each(['journal-appended', 'journal-synced', 'snapshot-written-aside', 'snapshot-old-kept', 'snapshot-renamed'])(
    'a crash at %s leaves the last save or this one, never a mixture',
    async (point) => {
      const first = await open();
      fold(first.ledger, RECORDS.slice(0, 90));
      await first.save(null);
      await first.close();
      let isArmed = false;
      const second = await open((name) => {
        if (isArmed && name === point) throw new Error('crash');
      });
      fold(second.ledger, RECORDS);
      isArmed = true;
      await expect(second.save(null)).rejects.toThrow('crash');
      await second.close();
      const third = await open();
      expect(third.lostBecause).toBe('');
      expectSame(third, point === 'snapshot-renamed' ? RECORDS : RECORDS.slice(0, 90));
      fold(third.ledger, RECORDS);
      await third.save(null);
      await third.close();
      const last = await open();
      expectSame(last, RECORDS);
      await last.close();
    },
  );

  test('a torn tail of the journal behind the last save is cut off', async () => {
    const first = await open();
    fold(first.ledger, RECORDS.slice(0, 90));
    await first.save(null);
    await first.close();
    const [journal] = (await readdir(folder)).filter((f) => f.endsWith('.ids'));
    await appendFile(join(folder, String(journal)), Buffer.from('torn'));
    const second = await open();
    expect(second.lostBecause).toBe('');
    expectSame(second, RECORDS.slice(0, 90));
    await second.close();
  });

  test('a journal shorter than its snapshot says makes it begin anew, with a word, and stay whole after that', async () => {
    const first = await open();
    fold(first.ledger, RECORDS.slice(0, 90));
    await first.save(null);
    await first.close();
    await truncate(join(folder, 'analytics-0.ids'), 20);
    let isArmed = true;
    const second = await open((name) => {
      if (isArmed && name === 'journal-synced') throw new Error('crash');
    });
    expect(second.lostBecause).toBe('snapshot and journal do not match');
    expectSame(second, []);
    // A crash now leaves a journal that is long enough again, but not the one that the old snapshot means.
    fold(second.ledger, RECORDS);
    await expect(second.save(null)).rejects.toThrow('crash');
    await second.close();
    isArmed = false;
    const third = await open();
    expectSame(third, []);
    await third.close();
  });

  test('the state of another pipeline is not taken', async () => {
    const first = await open();
    fold(first.ledger, RECORDS);
    await first.save(null);
    await first.close();
    const second = await open(undefined, 'another cluster');
    expect(second.lostBecause).toBe('the snapshot is foreign');
    expectSame(second, []);
    await second.close();
  });

  test('a replay under way is remembered, and forgotten with the next save', async () => {
    const first = await open();
    await first.save({ type: 'beginning' });
    await first.close();
    const second = await open();
    expect(second.interrupted).toEqual({ type: 'beginning' });
    await second.save(null);
    await second.close();
    const third = await open();
    expect(third.interrupted).toBeNull();
    await third.close();
  });
});

describe('a second ledger', () => {
  test('takes the place of the first, and its journal with it', async () => {
    const book = await open();
    fold(book.ledger, RECORDS.slice(0, 200));
    await book.save(null);
    const second = new Ledger(TOPICS);
    fold(second, RECORDS.slice(0, 100));
    await book.drainSecond(second);
    fold(second, RECORDS.slice(0, 150));
    await book.swap(second);
    expect(book.ledger).toBe(second);
    fold(book.ledger, RECORDS);
    await book.save(null);
    await book.close();
    const again = await open();
    expectSame(again, RECORDS);
    expect((await readdir(folder)).filter((f) => f.endsWith('.ids'))).toEqual(['analytics-1.ids']);
    await again.close();
  });

  test('may be drained while it is swapped', async () => {
    const book = await open();
    const second = new Ledger(TOPICS);
    fold(second, RECORDS.slice(0, 100));
    const drained = book.drainSecond(second);
    fold(second, RECORDS.slice(0, 200));
    await Promise.all([drained, book.swap(second)]);
    await book.close();
    const again = await open();
    expect(again.lostBecause).toBe('');
    expectSame(again, RECORDS.slice(0, 200));
    await again.close();
  });

  test('may be dropped while it is drained, and leaves the first as it was', async () => {
    const book = await open();
    fold(book.ledger, RECORDS.slice(0, 100));
    const second = new Ledger(TOPICS);
    fold(second, RECORDS.slice(0, 60));
    await Promise.all([book.drainSecond(second), book.dropSecond()]);
    await book.save(null);
    await book.close();
    const again = await open();
    expectSame(again, RECORDS.slice(0, 100));
    await again.close();
  });

  test.each(['journal-appended', 'snapshot-written-aside', 'snapshot-old-kept', 'snapshot-renamed'])(
    'a crash at %s of the swap leaves the first or the second',
    async (point) => {
      let isArmed = false;
      const book = await open((name) => {
        if (isArmed && name === point) throw new Error('crash');
      });
      fold(book.ledger, RECORDS.slice(0, 80));
      await book.save(null);
      const second = new Ledger(TOPICS);
      fold(second, RECORDS.slice(0, 120));
      isArmed = true;
      await expect(book.swap(second)).rejects.toThrow('crash');
      await book.close();
      const again = await open();
      expectSame(again, RECORDS.slice(0, point === 'snapshot-renamed' ? 120 : 80));
      await again.close();
    },
  );
});
