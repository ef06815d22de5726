import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLanes } from '../../src/orders/hash.ts';
import { EventIds, hashText } from '../../src/orders/ids.ts';
import { OrderReader } from '../../src/orders/order-reader.ts';
import { OutcomeReader } from '../../src/orders/outcome-reader.ts';
import { readOrder, readOutcome } from '../../src/orders/read.ts';
import { legacyValue, orderValue, outcomeValue } from './events.ts';
import { anyUnits } from './texts.ts';

type Plain = Record<string, unknown>;

/** What a value holds by `JSON.parse` alone. */
function plain(value: Buffer): Plain | undefined {
  try {
    const parsed: unknown = JSON.parse(value.toString());
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as Plain) : undefined;
  } catch {
    return undefined;
  }
}

/** UTF-8 length with three bytes for a lone surrogate, as Node counts too. */
function isOrderId(id: unknown): id is string {
  return typeof id === 'string' && id !== '' && Buffer.byteLength(id) <= 256;
}

function plainOrder(value: Buffer): unknown {
  const event = plain(value);
  if (event?.['eventType'] !== 'OrderPlaced' || !isOrderId(event['orderId'])) return 'malformed';
  const { orderId, createdAt } = event;
  return typeof createdAt === 'string' ? { orderId, createdAt } : { orderId };
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function plainOutcome(value: Buffer): unknown {
  const event = plain(value);
  const kind = { InventoryReserved: 'reserved', InventoryFailed: 'failed' }[String(event?.['eventType'])];
  if (!event || typeof event['eventType'] !== 'string' || !kind || !isOrderId(event['orderId'])) return 'malformed';
  const eventId = typeof event['eventId'] === 'string' ? event['eventId'] : '';
  const { topic, partition, offset } = (event['source'] ?? {}) as Plain;
  const ours = typeof topic === 'string' && isCount(partition) && isCount(offset);
  return { kind, orderId: event['orderId'], eventId, ...(ours ? { source: { topic, partition, offset } } : {}) };
}

function agree(value: Buffer): void {
  const order = readOrder(value);
  expect('malformed' in order ? 'malformed' : order).toEqual(plainOrder(value));
  const outcome = readOutcome(value);
  expect('malformed' in outcome ? 'malformed' : outcome).toEqual(plainOutcome(value));
}

const anyText = fc.oneof(fc.stringMatching(/^[ -~]{0,12}$/), anyUnits(12));

/** Values in our layout, with odd texts in every place. */
const laidOut = fc
  .record({
    a: anyText,
    id: anyText,
    b: anyText,
    n: fc.oneof(fc.nat(), fc.double(), fc.constant('01')),
    layout: fc.nat(2),
  })
  .map(({ a, id, b, n, layout }) => {
    const [eventId, orderId, at] = [a, id, b].map((part, i) => (n === '01' ? `"${part}"` : JSON.stringify(part + i)));
    const source = `"source":{"topic":${at},"partition":${n},"offset":${n}}`;
    return [
      `{"eventId":${eventId},"eventType":"OrderPlaced","orderId":${orderId},"items":[{"sku":${at},"qty":${n}}],"createdAt":${at}}`,
      `{"eventId":${eventId},"eventType":"InventoryReserved","orderId":${orderId},"reservedAt":${at},"createdAt":${at},${source}}`,
      `{"eventId":${eventId},"eventType":"InventoryFailed","orderId":${orderId},"reason":"OUT_OF_STOCK","createdAt":${at},${source}}`,
    ][layout] as string;
  });

/** One change to a value: a byte replaced, inserted or removed, or the value cut. */
const change = fc.record({
  at: fc.nat(400),
  how: fc.constantFrom('replace', 'insert', 'remove', 'cut'),
  byte: fc.integer({ min: 0, max: 255 }),
});

type Change = { at: number; how: string; byte: number };

function changed(value: Buffer, { at, how, byte }: Change): Buffer {
  const here = at % (value.length + 1);
  const rest = { replace: here + 1, insert: here, remove: here + 1, cut: value.length }[how] ?? here;
  const middle = how === 'replace' || how === 'insert' ? [byte] : [];
  return Buffer.concat([value.subarray(0, here), Buffer.from(middle), value.subarray(rest)]);
}

const samples = [
  orderValue('o-1'),
  orderValue('o-é'),
  outcomeValue({ orderId: 'o-1', offset: 120 }),
  outcomeValue({ orderId: 'o-1', offset: 0, kind: 'failed', partition: 11 }),
  legacyValue('o-1'),
];

describe('reading values', () => {
  test('the layout path and the plain path agree on values in our layout with any texts', () => {
    fc.assert(
      fc.property(laidOut, (text) => agree(Buffer.from(text))),
      { numRuns: 1000 },
    );
  });

  test('they agree on our values with any few bytes changed', () => {
    const changes = fc.array(change, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.constantFrom(...samples), changes, (value, list) => agree(list.reduce(changed, value))),
      { numRuns: 2000 },
    );
  });

  test('they agree on every value cut anywhere', () => {
    for (const value of samples) for (let end = 0; end <= value.length; end++) agree(value.subarray(0, end));
  });

  test('they agree on other key orders, spaces and nested look-alikes', () => {
    agree(Buffer.from('{ "orderId" : "o-1", "eventType" : "OrderPlaced" }'));
    agree(Buffer.from('{"eventId":"e","eventType":"OrderPlaced","orderId":"o-1","items":[],"createdAt":"x"}'));
    agree(
      Buffer.from(
        '{"eventId":"e","eventType":"OrderPlaced","orderId":"o-1","items":[1],"orderId":"o-2","createdAt":"x"}',
      ),
    );
    agree(
      Buffer.from(
        '{"eventId":"e","eventType":"OrderPlaced","orderId":"o-1","items":[{"sku":"a","qty":1},],"createdAt":"x"}',
      ),
    );
    agree(Buffer.from('\ufeff{"eventType":"OrderPlaced","orderId":"o-1"}'));
  });

  test('they agree on any JSON and on any bytes', () => {
    fc.assert(fc.property(fc.json(), (text) => agree(Buffer.from(text))));
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => agree(Buffer.from(bytes))));
  });

  test('what is malformed says why', () => {
    expect(readOrder(null)).toEqual({ malformed: 'tombstone' });
    expect(readOrder(Buffer.from('nope'))).toEqual({ malformed: 'not JSON' });
    expect(readOrder(Buffer.from('[1]'))).toEqual({ malformed: 'not a JSON object' });
    expect(readOrder(outcomeValue({ orderId: 'o', offset: 0 }))).toEqual({ malformed: 'eventType is not OrderPlaced' });
    expect(readOutcome(orderValue('o'))).toEqual({ malformed: 'eventType is no outcome' });
    expect(readOrder(orderValue(''))).toEqual({ malformed: 'orderId is missing' });
    expect(readOrder(orderValue('é'.repeat(129)))).toEqual({ malformed: 'orderId is longer than 256 bytes' });
    expect(readOrder(orderValue('x'.repeat(257)))).toEqual({ malformed: 'orderId is longer than 256 bytes' });
    expect(readOrder(orderValue('é'.repeat(128)))).toMatchObject({ orderId: 'é'.repeat(128) });
  });
});

describe('readers', () => {
  test('hash the order id alike on both paths', () => {
    const spaced = (value: Buffer) => Buffer.from(JSON.stringify(JSON.parse(value.toString()), null, 1));
    const expected = createLanes();
    hashText('o-1', expected);
    const orders = new OrderReader();
    const outcomes = new OutcomeReader();
    for (const form of [(value: Buffer) => value, spaced]) {
      expect(orders.read(form(orderValue('o-1')))).toBe(true);
      expect([...orders.lanes]).toEqual([...expected]);
      expect(outcomes.read(form(outcomeValue({ orderId: 'o-1', offset: 3 })))).toBe(true);
      expect([...outcomes.lanes]).toEqual([...expected]);
      expect(outcomes.isOf(new EventIds('orders', 0))).toBe(true);
      expect(outcomes.isOf(new EventIds('orders', 1))).toBe(false);
      expect(outcomes.isOf(new EventIds('order', 0))).toBe(false);
    }
  });

  test('tell the minute of a value, handing the last one back where it is the same', () => {
    const reader = new OrderReader();
    reader.read(orderValue('o-1', '2026-02-19T04:30:00.000Z'));
    expect(reader.minute('')).toBe('2026-02-19T04:30');
    expect(reader.minute('2026-02-19T04:30')).toBe('2026-02-19T04:30');
    expect(reader.minute('2027-02-19T04:30')).toBe('2026-02-19T04:30');
    reader.read(orderValue('o-1', 'soon'));
    expect(reader.minute('2026-02-19T04:30')).toBe('soon');
  });
});
