import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { VERBS } from '../../../src/engine/commands/table.ts';
import { complete } from '../../../src/engine/language/complete.ts';

const words = (line: string) => complete(line).candidates.map(({ text }) => text);

describe('completion', () => {
  test('offers all verbs where nothing is written, and after a semicolon', () => {
    expect(words('')).toEqual(VERBS);
    expect(words('load 10k; ')).toEqual(VERBS);
  });

  test('writes as far as all candidates agree, and a blank behind the only one', () => {
    expect(complete('lo').common).toBe('load ');
    expect(complete('re').common).toBe('re');
    expect(complete('say hi; thr').common).toBe('say hi; throttle ');
    expect(complete('load --du').common).toBe('load --du');
    expect(complete('load --dur').common).toBe('load --duration ');
  });

  test('knows options, each once, and what they take', () => {
    expect(words('load --')).toContain('--hot');
    expect(words('load --hot 80% --')).not.toContain('--hot');
    expect(words('load --shape ')).toEqual(['steady', 'ramp', 'spike', 'lunch']);
    expect(words('load --shape=lu')).toEqual(['--shape=lunch']);
  });

  test('knows literal words and choices by their place', () => {
    expect(words('broker ')).toEqual(['stop', 'start', 'kill']);
    expect(words('workers ')).toEqual(['inventory']);
    expect(words('replay ')).toEqual(expect.arrayContaining(['analytics', 'cancel', 'undo']));
    expect(words('kill in')).toEqual(['inventory']);
  });

  test('knows the facts of a condition', () => {
    expect(words('expect total_')).toEqual(['total_orders', 'total_reservations']);
    expect(words('wait pending == 0 and la')).toEqual(expect.arrayContaining(['lag', 'latency.p50']));
  });

  test('offers what only the running pipeline knows, beside the words of the language', () => {
    const known = {
      WORKER: ['inventory/1', 'inventory/2'],
      GROUP: ['inventory', 'billing'],
      ORDER_ID: ['o-1', "it's 2"],
      'TOPIC[/PARTITION]': ['orders', 'orders/0'],
    };
    const offered = (line: string) => complete(line, known).candidates.map(({ text }) => text);
    expect(offered('kill inv')).toEqual(['inventory', 'inventory/1', 'inventory/2']);
    expect(offered('lag bi')).toEqual(['billing']);
    expect(offered('trace ')).toEqual(['o-1', "'it'\\''s 2'"]);
    expect(offered('records orders/')).toEqual(['orders/0']);
    expect(offered('wait lag.')).toEqual(['lag.inventory', 'lag.billing']);
    expect(offered('expect workers.')).toEqual(['workers.inventory', 'workers.analytics', 'workers.load']);
  });

  test('keeps the line as it is and adds to it, whatever is written', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom('load "', "say 'x", 'a;b; ', '# x')), (line) => {
        const { common, candidates } = complete(line);
        expect(common.startsWith(line)).toBe(true);
        if (candidates.length === 0) expect(common).toBe(line);
      }),
    );
  });
});
