import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, look, post, type Service, startService, untilReady } from './service.ts';

let service: Service;

beforeAll(async () => {
  service = await startService();
  await untilReady(service);
});
afterAll(() => service.close());

type Numbers = Record<string, number> & { orders_per_minute: Record<string, number> };

const metrics = async () => (await look(`${service.analytics}/metrics`)) as Numbers;

/** The numbers once everything that was placed is decided and counted. */
async function settled(): Promise<Numbers> {
  expect((await ask(`${service.orders}/commands/wait`, { for: 'idle' })).answer['data']).toMatchObject({ holds: true });
  return metrics();
}

describe('the seed’s calls', () => {
  test.each(['orders', 'analytics'] as const)('/health of %s says ok', async (door) => {
    expect(await look(`${service[door]}/health`)).toEqual({ status: 'ok' });
  });

  test('/produce without a body places a burrito under an id of its own, and says where it stands', async () => {
    const { status, answer } = await ask(`${service.orders}/produce`);
    expect(status).toBe(200);
    expect(answer).toEqual({
      orderId: expect.stringMatching(/^o-[0-9a-f]{8}$/),
      status: 'PRODUCED',
      event: {
        eventId: expect.stringMatching(/^[0-9a-f]{32}$/),
        eventType: 'OrderPlaced',
        orderId: answer['orderId'],
        items: [{ sku: 'burrito', qty: 1 }],
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      },
      partition: expect.any(Number),
      offset: expect.any(Number),
    });
  });

  test('what /produce says is in the log is there', async () => {
    const body = { orderId: 'o-ñandú', items: [{ sku: 'taco', qty: 2, extra: 'hot' }] };
    const { answer } = await ask(`${service.orders}/produce`, body);
    const source = `orders/${answer['partition']}`;
    const read = await ask(`${service.orders}/commands/records`, { source, from: answer['offset'], limit: 1 });
    expect(JSON.stringify(read.answer['data'])).toContain(JSON.stringify(JSON.stringify(answer['event'])).slice(1, -1));
    expect(answer['event']).toMatchObject(body);
  });

  test.each([
    ['nothing and a content type', undefined, { 'content-type': 'application/json' }],
    ['an empty object', {}, {}],
    ['nulls', { orderId: null, items: null }, {}],
    ['another field', { note: 'no onions' }, {}],
  ])('/produce takes %s', async (_, body, headers) => {
    const response = await post(`${service.orders}/produce`, body, headers);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ status: 'PRODUCED', event: { items: [{ sku: 'burrito', qty: 1 }] } });
  });

  test('an order counts, a copy of it counts as duplicate, and both have one outcome', async () => {
    const before = await settled();
    for (let copy = 0; copy < 2; copy++) await ask(`${service.orders}/produce`, { orderId: 'o-twice' });
    expect(await settled()).toMatchObject({
      total_orders: Number(before['total_orders']) + 2,
      total_reservations: Number(before['total_reservations']) + 1,
      duplicate_orders: Number(before['duplicate_orders']) + 1,
      pending: 0,
    });
  });

  test('/load-test adds its full count each time, also two at once', async () => {
    const before = await settled();
    const loads = [2000, 500].map((count) => ask(`${service.orders}/load-test`, { count }));
    expect((await Promise.all(loads)).map(({ answer }) => answer)).toEqual([
      { produced: 2000, remaining_in_queue: 0 },
      { produced: 500, remaining_in_queue: 0 },
    ]);
    const counts = { total_orders: 2500, distinct_orders: 2500, total_reservations: 2500 };
    const after = await settled();
    for (const [name, more] of Object.entries(counts)) expect(after[name]).toBe(Number(before[name]) + more);
  });

  test('/load-test of none and without a body', async () => {
    expect((await ask(`${service.orders}/load-test`, { count: 0 })).answer).toEqual({
      produced: 0,
      remaining_in_queue: 0,
    });
    expect((await ask(`${service.orders}/load-test`)).answer).toEqual({ produced: 10_000, remaining_in_queue: 0 });
  });

  test('/metrics has the seed’s fields, and orders by minute that add up', async () => {
    const numbers = await settled();
    expect(numbers).toMatchObject({ failed_reservations: 0, failure_rate: 0 });
    expect(numbers['total_reservations']).toBe(numbers['distinct_orders']);
    const minutes = Object.entries(numbers.orders_per_minute);
    for (const [minute] of minutes) expect(minute).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/);
    expect(minutes.reduce((sum, [, count]) => sum + count, 0)).toBe(numbers['total_orders']);
  });

  test('/replay answers at once with the report, keeps the numbers while it runs, and comes to the same', async () => {
    const before = await settled();
    const { status, answer } = await ask(`${service.analytics}/replay`);
    expect({ status, answer }).toEqual({
      status: 200,
      answer: {
        status: 'replay_triggered',
        before_metrics: expect.stringContaining(`Total orders seen: ${before['total_orders']}\n`),
      },
    });
    expect(String(answer['before_metrics'])).toMatch(/^=== Analytics Metrics ===\n/);
    expect((await ask(`${service.analytics}/replay`)).status).toBe(409);
    expect((await metrics())['total_orders']).toBe(before['total_orders']);
    const ended = await ask(`${service.orders}/commands/wait`, { event: 'replay-identical' });
    expect(ended.answer['data']).toMatchObject({ holds: true });
    expect((await metrics())['total_orders']).toBe(before['total_orders']);
  });

  test('sixteen connections place orders at once, each is acknowledged where no other is, and all are counted', async () => {
    const before = await settled();
    const places: string[] = [];
    await Promise.all(
      Array.from({ length: 16 }, async () => {
        for (let n = 0; n < 25; n++) {
          const { status, answer } = await ask(`${service.orders}/produce`);
          expect(status).toBe(200);
          places.push(`${answer['partition']}@${answer['offset']}`);
        }
      }),
    );
    expect(new Set(places).size).toBe(400);
    expect((await settled())['distinct_orders']).toBe(Number(before['distinct_orders']) + 400);
  });
});

describe('the numbers for Prometheus', () => {
  test.each([
    ['text/plain', '/metrics'],
    ['application/openmetrics-text;version=1.0.0;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1', '/metrics'],
    ['*/*', '/metrics/prometheus'],
  ])('Accept: %s at %s', async (accept, path) => {
    const response = await fetch(`${service.analytics}${path}`, { headers: { accept } });
    expect(response.headers.get('content-type')).toMatch(/^(text\/plain|application\/openmetrics-text)/);
    expect(await response.text()).toContain('# TYPE lunchrush_');
  });

  test.each(['*/*', 'application/json', 'text/html,*/*;q=0.8'])('Accept: %s is answered with JSON', async (accept) => {
    const response = await fetch(`${service.analytics}/metrics`, { headers: { accept } });
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  });
});
