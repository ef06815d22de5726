import { describe, expect, test } from 'vitest';
import { METRICS } from '../../../src/http/metrics/table.ts';

const ROWS = Object.values(METRICS).flat();

describe('the metrics table', () => {
  test('each name stands once, and says by its end what it is', () => {
    const names = ROWS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, type } of ROWS) {
      expect(name).toMatch(/^(lunchrush|process|nodejs)(_[a-z0-9]+)+$/);
      expect(name.endsWith('_total'), name).toBe(type === 'counter');
      if (type !== 'histogram') expect(name).not.toMatch(/_(bucket|sum|count)$/);
    }
  });

  test('a name ends with its unit, and names no other', () => {
    for (const { name, unit, type } of ROWS) {
      const bare = name.replace(/_total$/, '');
      // A counter's noun says what it counts: orders, events.
      if (unit !== '' && !(type === 'counter' && unit === 'records'))
        expect(bare.endsWith(`_${unit}`), name).toBe(true);
      for (const other of ['seconds', 'bytes', 'ratio']) expect(bare.endsWith(`_${other}`), name).toBe(unit === other);
      expect(name).not.toMatch(/(milliseconds|_ms|_percent|minutes)/);
    }
  });

  test('what it says is one sentence on one line, without a full stop', () => {
    for (const { name, help } of ROWS) expect(help, name).toMatch(/^[A-Z0-9][^"\\\n]*[^.\s]$/);
  });
});
