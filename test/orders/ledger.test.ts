import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareStates, digestOf } from '../../src/orders/compare.ts';
import { Ledger } from '../../src/orders/ledger.ts';
import type { OrdersFold } from '../../src/orders/orders-fold.ts';
import type { OutcomesFold } from '../../src/orders/outcomes-fold.ts';
import { totalsOf } from '../../src/orders/totals.ts';
import { TOPICS } from './events.ts';
import { anyLog, interleave } from './logs.ts';
import { type LogRecord, plainTotals } from './model.ts';

function fold(log: readonly LogRecord[], ledger = new Ledger(TOPICS)): Ledger {
  for (const { topic, partition, offset, value } of log) ledger.fold(topic, partition).apply(offset, value);
  return ledger;
}

const picks = fc.array(fc.nat(1000), { minLength: 1, maxLength: 50 });

describe('ledger', () => {
  test('means what plain maps say, for any log in any order of arrival', () => {
    fc.assert(
      fc.property(anyLog, picks, (log, order) => {
        expect(totalsOf(fold(interleave(log, order)))).toEqual(plainTotals(log));
      }),
      { numRuns: 200 },
    );
  });

  test('two readers that met the partitions in different orders hold identical states', () => {
    fc.assert(
      fc.property(anyLog, picks, picks, (log, one, other) => {
        const [first, second] = [fold(interleave(log, one)), fold(interleave(log, other))];
        expect(digestOf(first)).toBe(digestOf(second));
        expect(compareStates(first, second)).toEqual({ identical: true });
      }),
      { numRuns: 100 },
    );
  });

  test('records folded before are left out, wherever reading begins again', () => {
    fc.assert(
      fc.property(anyLog, fc.nat(), (log, again) => {
        const ledger = fold(log);
        fold(log.slice(again % (log.length + 1)), ledger);
        expect(totalsOf(ledger)).toEqual(plainTotals(log));
      }),
      { numRuns: 100 },
    );
  });

  test('saved and restored at any points, it goes on as if nothing had happened', () => {
    fc.assert(
      fc.property(anyLog, fc.array(fc.nat(), { maxLength: 4 }), (log, stops) => {
        const journals = new Map<string, Buffer[]>();
        let ledger = new Ledger(TOPICS);
        let from = 0;
        for (const stop of [...stops.map((one) => one % (log.length + 1)).sort((a, b) => a - b), log.length]) {
          fold(log.slice(from, stop), ledger);
          from = stop;
          ledger = saveAndRestore(ledger, journals);
        }
        const uninterrupted = fold(log);
        expect(totalsOf(ledger)).toEqual(totalsOf(uninterrupted));
        expect(compareStates(ledger, uninterrupted)).toEqual({ identical: true });
        expect(digestOf(ledger)).toBe(digestOf(uninterrupted));
      }),
      { numRuns: 100 },
    );
  });

  test('a partition forgotten and folded again is as it was', () => {
    fc.assert(
      fc.property(anyLog, fc.constantFrom(...Object.values(TOPICS)), fc.nat(2), (log, topic, partition) => {
        const ledger = fold(log);
        ledger.forget(topic, partition);
        const others = log.filter((record) => record.topic !== topic || record.partition !== partition);
        expect(totalsOf(ledger)).toEqual(plainTotals(others));
        fold(log, ledger);
        expect(totalsOf(ledger)).toEqual(plainTotals(log));
      }),
      { numRuns: 100 },
    );
  });
});

/** A state as it comes back from disk: each fold's plain half through JSON, and all journal bytes so far. */
function saveAndRestore(ledger: Ledger, journals: Map<string, Buffer[]>): Ledger {
  const restored = new Ledger(TOPICS);
  for (const { topic, partition, fold: held } of ledger.folds()) {
    const journal = journals.get(`${topic}/${partition}`) ?? [];
    journals.set(`${topic}/${partition}`, journal);
    journal.push(held.takeJournal());
    const saved = JSON.parse(JSON.stringify(held.save()));
    const fresh: OrdersFold | OutcomesFold = restored.fold(topic, partition);
    expect(fresh.restore(saved, journal)).toBe(true);
    expect(fresh.save()).toEqual(saved);
  }
  return restored;
}
