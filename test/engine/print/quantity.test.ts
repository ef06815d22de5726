import { describe, expect, test } from 'vitest';
import { columns, pairs } from '../../../src/engine/print/columns.ts';
import { bytes, count, duration, eta, many, percent, rate } from '../../../src/engine/print/quantity.ts';

describe('quantities for people', () => {
  test('durations take the unit that suits them', () => {
    const shown = [0, 0.417, 12, 999, 1000, 59_940, 60_000, 125_000, 3_600_000, 11_220_000].map(duration);
    expect(shown.slice(0, 5)).toEqual(['0 ms', '0.42 ms', '12 ms', '999 ms', '1.0 s']);
    expect(shown.slice(5)).toEqual(['59.9 s', '1m 00s', '2m 05s', '1h 00m', '3h 07m']);
  });

  test('an end below a second or beyond an hour gets no figure', () => {
    expect([null, 400, 9000, 3_600_001].map(eta)).toEqual(['-', '', '9.0 s', '> 1 h']);
  });

  test('a small rate is not rounded to nothing', () => {
    expect([0, 0.04, 0.42, 1, 9.94, 9.95, 12.4].map(rate)).toEqual([
      '0/s',
      '0.0/s',
      '0.4/s',
      '1.0/s',
      '9.9/s',
      '10/s',
      '12/s',
    ]);
  });

  test('counts, rates, fractions and bytes carry their units', () => {
    expect([count(1_234_567), rate(null), rate(1234.4), percent(0.2512)]).toEqual([
      '1,234,567',
      '-',
      '1,234/s',
      '25.12%',
    ]);
    expect([bytes(900), bytes(1536), bytes(3 * 1024 * 1024)]).toEqual(['900 B', '1.5 KiB', '3.0 MiB']);
    expect([many(1, 'record'), many(2000, 'record')]).toEqual(['1 record', '2,000 records']);
  });
});

describe('columns', () => {
  test('numbers stand to the right, names to the left, and no line ends in blanks', () => {
    const heads = [{ title: 'name' }, { title: 'n', right: true }, { title: 'note' }];
    expect(
      columns(heads, [
        ['a', '5', ''],
        ['longer', '1,000', 'x'],
      ]),
    ).toEqual(['name        n  note', 'a           5', 'longer  1,000  x']);
    expect(pairs([])).toEqual([]);
  });
});
