import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { audit } from '../../src/audit/audit.ts';
import type { Verdict, WorkersSay } from '../../src/audit/verdict.ts';
import { Ledger } from '../../src/orders/ledger.ts';
import { countersOf } from '../../src/orders/totals.ts';
import { legacyValue, orderValue, outcomeValue, TOPICS } from '../orders/events.ts';
import { anyLog } from '../orders/logs.ts';
import { type LogRecord, readerOf } from './reader.ts';

const partitions = [0, 1, 2];

function workersSay(log: readonly LogRecord[]): WorkersSay {
  const ledger = new Ledger(TOPICS);
  for (const { topic, partition, offset, value } of log) ledger.fold(topic, partition).apply(offset, value);
  const offsets = ledger.folds().map(({ topic, partition, fold }) => {
    const { first, next } = fold.position;
    return { topic, partition, first, next };
  });
  return { counters: countersOf(ledger), offsets };
}

function auditOf(log: readonly LogRecord[], say?: WorkersSay, lows?: Record<string, number>): Promise<Verdict> {
  return audit({ reader: readerOf(log, lows), topics: TOPICS, partitions, ...(say ? { workersSay: say } : {}) });
}

const order = (partition: number, offset: number, id: string): LogRecord => ({
  topic: TOPICS.orders,
  partition,
  offset,
  value: orderValue(id),
});
const outcome = (partition: number, offset: number, id: string, source: number): LogRecord => ({
  topic: TOPICS.inventoryEvents,
  partition,
  offset,
  value: outcomeValue({ orderId: id, partition, offset: source }),
});

/** Three orders and their outcomes. */
const sound = [
  ...[0, 1, 2].map((offset) => order(1, offset, `o-${offset}`)),
  ...[0, 1, 2].map((offset) => outcome(1, offset, `o-${offset}`, offset)),
];

describe('audit', () => {
  test('finds a sound log clean, and says what still waits', async () => {
    const verdict = await auditOf([...sound, order(1, 3, 'o-3'), order(2, 0, 'o-4')], workersSay(sound));
    expect(verdict).toEqual({
      clean: true,
      records: 8,
      counters: expect.objectContaining({ total_orders: 3, total_reservations: 3, pending: 0 }),
      pending: 2,
      disagreements: [],
      findings: [],
      compared: true,
      removed: [],
    });
  });

  test('counts the whole log where nobody says what the workers say', async () => {
    const { counters, compared, clean } = await auditOf([...sound, order(1, 3, 'o-3')]);
    expect(counters).toMatchObject({ total_orders: 4, total_reservations: 3, pending: 1 });
    expect({ compared, clean }).toEqual({ compared: false, clean: true });
  });

  test('counts what the workers count, at any offsets of any log', async () => {
    await fc.assert(
      fc.asyncProperty(anyLog, fc.nat(), async (log, cut) => {
        const verdict = await auditOf(log, workersSay(log.slice(0, cut % (log.length + 1))));
        expect(verdict.disagreements).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test('names a counter that the workers tell wrongly', async () => {
    const say = workersSay(sound);
    const wrong = { ...say, counters: { ...say.counters, total_orders: 4 } };
    const verdict = await auditOf(sound, wrong);
    expect(verdict.disagreements).toEqual([{ counter: 'total_orders', told: 4, counted: 3 }]);
    expect(verdict.clean).toBe(false);
  });

  test.each<[string, LogRecord[], string, number]>([
    ['an order passed over', [order(1, 3, 'lost'), order(1, 4, 'o-4'), outcome(1, 3, 'o-4', 4)], 'missing', 3],
    ['an outcome without an order', [outcome(1, 3, 'ghost', 3)], 'orphans', 3],
    ['an order decided again', [order(1, 3, 'o-0'), outcome(1, 3, 'o-0', 3)], 'repeated_decisions', 3],
    ['an outcome that came too late', [order(2, 0, 'late'), outcome(1, 3, 'late', 1)], 'conflicts', 3],
  ])('is dirty for %s, and says where it stands', async (_, more, name, offset) => {
    const log = [...sound, ...more];
    const verdict = await auditOf(log, workersSay(log));
    expect(verdict.clean).toBe(false);
    expect(verdict.disagreements).toEqual([]);
    const finding = verdict.findings.find((one) => one.name === name);
    expect(finding).toMatchObject({ dirty: true, count: 1, examples: [{ partition: 1, offset }] });
  });

  test.each<[string, LogRecord[], string]>([
    ['a redelivered outcome', [outcome(1, 3, 'o-0', 0)], 'redelivered'],
    ['an id in two partitions', [order(2, 0, 'o-0'), outcome(2, 0, 'o-0', 0)], 'cross_partition_duplicates'],
    ['a foreign outcome', [{ ...outcome(2, 0, 'o-0', 0), partition: 0 }], 'foreign'],
    ['an older producer', [order(0, 0, 'old'), { ...outcome(0, 0, '', 0), value: legacyValue('old') }], 'legacy'],
    ['a tombstone', [{ ...order(0, 0, ''), value: null }], 'malformed'],
  ])('stays clean for %s, and tells it', async (_, more, name) => {
    const log = [...sound, ...more];
    const verdict = await auditOf(log, workersSay(log));
    expect(verdict.findings.map((one) => one.name)).toEqual([name]);
    expect(verdict.clean).toBe(true);
  });

  test('does not blame the pipeline for what retention has removed', async () => {
    const say = workersSay(sound);
    const lows = { 'orders/1': 2, 'inventory-events/1': 1 };
    const verdict = await auditOf(sound, say, lows);
    expect(verdict).toMatchObject({ clean: true, compared: false, findings: [], disagreements: [] });
    expect(verdict.removed).toEqual([
      { topic: TOPICS.inventoryEvents, partition: 1, low: 1 },
      { topic: TOPICS.orders, partition: 1, low: 2 },
    ]);
    const outcomesOnly = await auditOf(sound, say, { 'inventory-events/1': 1 });
    expect(outcomesOnly.findings).toEqual([]);
  });

  test('tells how far it is, and ends when it is told to', async () => {
    const steps: number[] = [];
    const common = { reader: readerOf(sound), topics: TOPICS, partitions };
    await audit({ ...common, onProgress: ({ read }) => steps.push(read) });
    expect(steps).toEqual([3, 6, 6]);
    const stop = new AbortController();
    const stopped = audit({ ...common, signal: stop.signal, onProgress: () => stop.abort(new Error('enough')) });
    await expect(stopped).rejects.toThrow('enough');
  });
});
