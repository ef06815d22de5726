import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/engine/command.ts';
import { words } from '../../src/ui/equivalent/shell.ts';
import { equivalentOf } from '../../src/ui/equivalent.ts';
import { atRest } from './states.ts';

function line(command: Command): string {
  const found = equivalentOf(command, atRest());
  return found.is === 'none' ? `none: ${found.why}` : found.line;
}

const GROUPS = 'kafka-consumer-groups.sh --bootstrap-server 127.0.0.1:9092';

describe("the like of a command among Kafka's own tools", () => {
  test('of a replay is a reset of the offsets, and of its preview a dry run', () => {
    const replay = { verb: 'replay', action: 'run', from: { type: 'beginning' }, preview: false, yes: true } as const;
    const reset = `${GROUPS} --group analytics-group --reset-offsets --topic orders --topic inventory-events --to-earliest`;
    expect(line(replay)).toBe(`${reset} --execute`);
    expect(line({ ...replay, preview: true })).toBe(`${reset} --dry-run`);
  });

  test('of a reset to offsets is a line for each partition', () => {
    const offsets = [0, 1].map((partition) => ({ topic: 'orders', partition, offset: 10 + partition }));
    expect(line({ verb: 'reset-offsets', group: 'billing', to: { type: 'offsets', offsets }, yes: true })).toBe(
      [
        `${GROUPS} --group billing --reset-offsets --topic orders:0 --to-offset 10 --execute`,
        `${GROUPS} --group billing --reset-offsets --topic orders:1 --to-offset 11 --execute`,
      ].join(' && '),
    );
  });

  test('of lag is the description of the group, whose name stands for itself', () => {
    expect(line({ verb: 'lag', group: 'inventory' })).toBe(`${GROUPS} --describe --group inventory-service-group`);
  });

  test('a load bounded by time counts what its rate makes of it', () => {
    const load = {
      verb: 'load',
      rate: 500,
      durationMs: 30_000,
      shape: 'steady',
      duplicates: 0,
      malformed: 0,
      hot: 0,
      reuseIds: false,
      background: false,
    } as const;
    expect(line(load)).toContain('--num-records 15000 --record-size 200 --throughput 500');
  });

  test('where Kafka has nothing alike, it is said why', () => {
    expect(line({ verb: 'fail-rate', failRate: 0.3 })).toBe(
      'none: it is a setting of our inventory workers; Kafka has no word for it',
    );
  });

  test('an order is piped in as key, tab and value', () => {
    const order = { verb: 'produce', orderId: "o'1", items: [{ sku: 'taco', qty: 2 }], count: 1 } as const;
    expect(line({ ...order, items: [...order.items] })).toBe(
      `printf '%s\\t%s\\n' 'o'\\''1' '{"eventType":"OrderPlaced","orderId":"o'\\''1","items":[{"sku":"taco","qty":2}]}' | ` +
        'kafka-console-producer.sh --bootstrap-server 127.0.0.1:9092 --topic orders --reader-property parse.key=true',
    );
  });

  test('whatever a word holds, a shell reads it back as it was', () => {
    const word = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => !text.includes('\0'));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (parts) => {
        const read = execFileSync('sh', ['-c', `printf '%s\\0' ${words(...parts)}`], { encoding: 'utf8' });
        expect(read.split('\0').slice(0, -1)).toEqual(parts);
      }),
      { numRuns: 15 },
    );
  });
});
