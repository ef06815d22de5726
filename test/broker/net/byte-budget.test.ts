import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ByteBudget } from '../../../src/broker/net/byte-budget.ts';

describe('the byte budget', () => {
  test('grants in order, and waits for room', () => {
    const budget = new ByteBudget(10);
    const granted: string[] = [];
    const giveBack = budget.take(8, () => granted.push('a'));
    budget.take(5, () => granted.push('b'));
    budget.take(1, () => granted.push('c'));
    expect(granted).toEqual(['a']);
    giveBack();
    giveBack();
    expect(granted).toEqual(['a', 'b', 'c']);
    expect(budget.taken).toBe(6);
  });

  test('a withdrawn wish makes room for the next one', () => {
    const budget = new ByteBudget(10);
    const granted: string[] = [];
    budget.take(8, () => granted.push('a'));
    const withdraw = budget.take(9, () => granted.push('b'));
    budget.take(2, () => granted.push('c'));
    withdraw();
    expect(granted).toEqual(['a', 'c']);
  });

  test('never has more out than its limit, but for one large wish alone, and never forgets one', () => {
    const property = fc.property(fc.array(fc.integer({ min: 1, max: 15 }), { maxLength: 30 }), (wishes) => {
      const budget = new ByteBudget(10);
      const out: { bytes: number; giveBack: () => void }[] = [];
      let granted = 0;
      for (const bytes of wishes) {
        const held = { bytes, giveBack: () => {} };
        held.giveBack = budget.take(bytes, () => {
          granted++;
          out.push(held);
        });
      }
      while (out.length > 0) {
        const sum = out.reduce((total, { bytes }) => total + bytes, 0);
        expect(sum <= 10 || out.length === 1).toBe(true);
        out.shift()?.giveBack();
      }
      expect([granted, budget.taken]).toEqual([wishes.length, 0]);
    });
    fc.assert(property);
  });
});
