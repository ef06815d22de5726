import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Waiting } from '../../../src/workers/analytics/waiting.ts';

test('a time is held until it is taken, once', () => {
  const waiting = new Waiting();
  waiting.put(7, { at: 1_000, load: 2 });
  expect(waiting.take(8)).toBeUndefined();
  expect(waiting.take(7)).toEqual({ at: 1_000, load: 2 });
  expect(waiting.take(7)).toBeUndefined();
});

test('however far apart the offsets are that wait, none is lost while there is room', () => {
  const offsets = fc.uniqueArray(fc.nat({ max: 100_000 }), { maxLength: 60 });
  fc.assert(
    fc.property(offsets, (all) => {
      const waiting = new Waiting();
      for (const offset of all) waiting.put(offset, { at: offset * 2, load: 0 });
      expect(all.map((offset) => waiting.take(offset)?.at)).toEqual(all.map((offset) => offset * 2));
    }),
  );
});

test('one too far back is let go rather than taken for another', () => {
  const waiting = new Waiting();
  waiting.put(3, { at: 1, load: 0 });
  waiting.put(3 + 2 ** 18, { at: 2, load: 0 });
  expect(waiting.take(3)).toBeUndefined();
  expect(waiting.take(3 + 2 ** 18)?.at).toBe(2);
});
