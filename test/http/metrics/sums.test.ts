import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createHeld } from '../../../src/http/metrics/held.ts';
import { createSums } from '../../../src/http/metrics/sums.ts';

const counts = (...of: number[]) => ({ boundsMs: [], counts: of, sumMs: 0 });

test('sums over lives never go down, whatever order their words come in', () => {
  const word = fc.record({
    slot: fc.constantFrom('load/1', 'load/2'),
    incarnation: fc.integer({ min: 1, max: 3 }),
    run: fc.constantFrom('a', 'b'),
  });
  fc.assert(
    fc.property(fc.array(word), (words) => {
      const sums = createSums();
      const lived = new Map<string, number>();
      let before = 0;
      for (const { slot, incarnation, run } of words) {
        const life = `${slot} ${incarnation} ${run}`;
        lived.set(life, (lived.get(life) ?? 0) + 1);
        sums.note(slot, incarnation, run, counts(lived.get(life) ?? 0));
        const now = sums.read().counts[0] ?? 0;
        expect(now).toBeGreaterThanOrEqual(before);
        before = now;
      }
    }),
  );
});

test('what is held goes up only, until it is released, and then believes the next word once', () => {
  const held = createHeld();
  expect(held.read('orders')).toBeUndefined();
  for (const [told, read] of [
    [5, 5],
    [3, 5],
    [6, 6],
  ] as const) {
    held.note({ orders: told });
    expect(held.read('orders')).toBe(read);
  }
  held.release();
  expect(held.read('orders')).toBe(6);
  held.note({ orders: 2 });
  held.note({ orders: 1 });
  expect(held.read('orders')).toBe(2);
});
