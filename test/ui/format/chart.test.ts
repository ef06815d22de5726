import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bar, plainBar, sparkline } from '../../../src/ui/format/chart.ts';
import { trend } from '../../../src/ui/format/trend.ts';

describe('sparklines', () => {
  test('the newest value stands at the right, and the greatest is full', () => {
    expect(sparkline([0, 1, 50, 100], 6)).toBe('  ▁▂▅█');
    expect(sparkline([1, 2, 3, 4], 2)).toBe('▆█');
    expect(sparkline([50, null, 50], 3, 100)).toBe('▅ ▅');
  });

  test('they take exactly their width', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.nat(80), (values, width) => sparkline(values, width).length === width),
    );
  });
});

describe('bars', () => {
  test('are not full before all is done, nor empty once something is', () => {
    const done = (fraction: number) => bar(fraction, 10).done.length;
    expect([0, 0.001, 0.5, 0.999, 1, 7].map(done)).toEqual([0, 1, 5, 9, 10, 10]);
    expect(bar(0.25, 4)).toEqual({ done: '█', left: '░░░' });
    expect(plainBar(3, 0, 10)).toBe('');
  });
});

describe('trends', () => {
  test('say growth and decline, and rest for what only trembles', () => {
    expect(trend(undefined, 5, 5)).toBe(' ');
    expect(trend(100, 200, 5)).toBe('↑');
    expect(trend(100, 200, 500)).toBe(' ');
    expect(trend(200, 100, 5)).toBe('↓');
    expect(trend(10_000, 10_100, 5)).toBe(' ');
    expect(trend(3, 0, 500)).toBe('↓');
    expect(trend(0, 0, 5)).toBe(' ');
  });
});
