import { describe, expect, test } from 'vitest';
import type { Trace } from '../../../src/engine/commands/trace.ts';
import { details } from '../../../src/ui/overlays/details.ts';
import { hopsOf } from '../../../src/ui/overlays/trace/hops.ts';
import { trace } from '../../../src/ui/overlays/trace.ts';
import { textOf } from '../screen.ts';
import { atRest, lagging, NOW, view } from '../states.ts';

function found(kind: Trace['kind'], at: string, afterMs: number, source: Trace['source'] = null): Trace {
  const [, topic = '', partition, offset] = /^(.+)\/(\d+)@(\d+)$/.exec(at) ?? [];
  const place = { topic, partition: Number(partition), offset: Number(offset) };
  return { kind, what: kind, source, ...place, timestamp: NOW + afterMs, bytes: 204 };
}

const SOURCE = { topic: 'orders', partition: 2, offset: 42_000 };
const PLACED = found('placed', 'orders/2@42000', 0);
const RESERVED = found('reserved', 'inventory-events/2@40118', 3, SOURCE);
const COPY = found('placed', 'orders/2@42271', 1_400);
const AGAIN = found('reserved', 'inventory-events/2@41000', 19_000, SOURCE);

function drawn(records: Trace[] | null, width: number, state = lagging()): string {
  const result = records && { data: { orderId: 'o-lunch-77', found: records }, text: [] };
  const overlay = { kind: 'trace', orderId: 'o-lunch-77', result } as const;
  return `\n${textOf(trace.draw(overlay, state, view(), { width, height: 20, now: NOW }), width)}\n`;
}

const told = (records: Trace[], state = lagging()) =>
  hopsOf(records, 'o', state).map(({ what, why }) => `${what}: ${why}`);

describe('trace', () => {
  test('every hop of an order, its copies and a redelivered outcome', () => {
    expect(drawn([PLACED, COPY, RESERVED, AGAIN], 116)).toMatchInlineSnapshot(`
      "
       12:02:31.000  placed       orders/2 @ 42,000            key o-lunch-77, 204 B
       12:02:31.003  reserved     inventory-events/2 @ 40,118  decides orders/2 @ 42,000                             +3 ms
                     counted                                   analytics has folded it
       12:02:32.400  placed       orders/2 @ 42,271            same id as @ 42,000: inventory has not read it yet
       12:02:50.000  redelivered  inventory-events/2 @ 41,000  the same decision again: left out of every total
      "
    `);
  });

  test('at 80 columns a reason has a line of its own', () => {
    expect(drawn([PLACED, RESERVED], 60)).toMatchInlineSnapshot(`
      "
       12:02:31.000  placed    orders/2 @ 42,000
                     key o-lunch-77, 204 B
       12:02:31.003  reserved  inventory-events/2 @ 40,118  +3 ms
                     decides orders/2 @ 42,000
                     counted
                     analytics has folded it
      "
    `);
  });

  test('while the log is read, when that failed, and when there is nothing', () => {
    const reading = { ...lagging(), commands: { 1: { id: 1, verb: 'trace', text: 'trace o', since: NOW } } };
    expect([drawn(null, 78, reading), drawn(null, 78), drawn([], 78)].map((text) => text.trim())).toEqual([
      'Reading the log…',
      'The log has not been read. The log of facts says why.',
      'The log holds nothing of it. Retention may have removed it.',
    ]);
  });

  test('an order without outcome says how many are before it', () => {
    const waiting = found('placed', 'orders/2@42271', 0);
    expect(told([waiting])).toEqual(['placed: key o, 204 B', 'waiting: 299 records of its partition are before it']);
    expect(told([{ ...waiting, offset: 41_972 }]).at(-1)).toBe('waiting: it is next in its partition');
  });

  test('a second decision is not taken for a redelivered one', () => {
    const other = { ...AGAIN, source: { ...SOURCE, offset: 42_271 } };
    expect(told([PLACED, RESERVED, other]).at(-1)).toBe('decided again: a second decision: the audit says more');
  });

  test('an outcome that analytics has not come to is not counted yet', () => {
    expect(told([PLACED, RESERVED], atRest())).toContain('not counted: analytics has not come this far');
  });
});

describe('details', () => {
  test('they stand as their pane wrote them', () => {
    const lines = [[{ text: 'one' }], [{ text: 'two' }]];
    const overlay = { kind: 'details', pane: 'lag', title: 'orders/1', lines, kafka: undefined } as const;
    expect(details.title(overlay, atRest(), view())).toBe('orders/1');
    expect(details.draw(overlay, atRest(), view(), { width: 10, height: 5, now: NOW })).toEqual(lines);
  });
});
