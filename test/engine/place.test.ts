import { describe, expect, test } from 'vitest';
import { createOrderIds } from '../../src/engine/order-ids.ts';
import { createPlacer, NotPlaced } from '../../src/engine/place.ts';
import { createEventStore } from '../../src/engine/store.ts';
import { createFakeClock, settle } from './fake-clock.ts';
import { PIPELINE } from './fake-cluster.ts';
import { createFakeEngine } from './fake-hall.ts';

const ids = (n: number) => Array.from({ length: n }, (_, i) => `o-${i}`);

/** A placer whose batches are answered by the test, in order. */
function stage() {
  const clock = createFakeClock();
  const events = createEventStore({ pipeline: PIPELINE, clock });
  events.emit({ type: 'topics-ensured', partitions: 1, created: [] });
  events.emit({ type: 'broker-started', address: 'a:1', embedded: true, attached: false, note: '' });
  const batches: { records: number; signal: AbortSignal; acknowledge(offset: number): void }[] = [];
  const send = (_: number, { length: records }: readonly unknown[], signal: AbortSignal) =>
    new Promise<number>((resolve, reject) => {
      batches.push({ records, signal, acknowledge: resolve });
      signal.addEventListener('abort', () => reject(new Error('given up')));
    });
  const placer = createPlacer({
    senders: { send },
    events,
    clock,
    random: () => 0.5,
    newOrderId: createOrderIds(() => 0.5),
  });
  return { clock, events, batches, placer };
}

/** What a promise came to. */
async function faultOf(promise: Promise<unknown>): Promise<NotPlaced> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(NotPlaced);
  return error as NotPlaced;
}

describe('placing orders', () => {
  test('an order is answered with its event, and where the log has it', async () => {
    const { engine, cluster } = createFakeEngine();
    const { event, partition, offset } = await engine.place({ orderId: 'o-1', items: [{ sku: 'taco', qty: 2 }] });
    const record = cluster.log.get(`orders/${partition}`)?.[offset];
    expect(record?.key?.toString()).toBe('o-1');
    expect(JSON.parse(record?.value?.toString() ?? '')).toEqual(event);
    expect(event).toMatchObject({ eventType: 'OrderPlaced', orderId: 'o-1', items: [{ sku: 'taco', qty: 2 }] });
  });

  test('what is left out is an id of eight digits and one burrito', async () => {
    const { engine } = createFakeEngine();
    const { event } = await engine.place({});
    expect(event.orderId).toMatch(/^o-[0-9a-f]{8}$/);
    expect(event.items).toEqual([{ sku: 'burrito', qty: 1 }]);
  });

  test('no made-up id comes twice', () => {
    const next = createOrderIds(() => 0.999);
    const many = Array.from({ length: 200_000 }, next);
    expect(new Set(many).size).toBe(many.length);
  });

  test('a command for each would be told as events: these are not', async () => {
    const { engine } = createFakeEngine();
    const heard: string[] = [];
    engine.onEvent(({ type }) => heard.push(type));
    await Promise.all(ids(10).map((orderId) => engine.place({ orderId })));
    expect(heard).toEqual([]);
  });

  test('what comes while a batch is on its way goes together in the next one', async () => {
    const { batches, placer } = stage();
    const first = placer.place({ orderId: 'o-first' });
    await settle();
    const rest = ids(50).map((orderId) => placer.place({ orderId }));
    await settle();
    expect(batches.map(({ records }) => records)).toEqual([1]);
    batches[0]?.acknowledge(7);
    await first;
    await settle();
    expect(batches.map(({ records }) => records)).toEqual([1, 50]);
    batches[1]?.acknowledge(8);
    expect((await Promise.all(rest)).map(({ offset }) => offset)).toEqual(ids(50).map((_, i) => 8 + i));
  });

  test('a batch holds a thousand records at most', async () => {
    const { batches, placer } = stage();
    const all = ids(1500).map((orderId) => placer.place({ orderId }));
    await settle();
    expect(batches.map(({ records }) => records)).toEqual([1000]);
    batches[0]?.acknowledge(0);
    await settle();
    expect(batches.map(({ records }) => records)).toEqual([1000, 500]);
    batches[1]?.acknowledge(1000);
    await Promise.all(all);
  });

  test('after ten seconds everybody has an answer with the order id: who was on the way, and who waited', async () => {
    const { clock, batches, placer } = stage();
    const sent = faultOf(placer.place({ orderId: 'o-sent' }));
    await settle();
    await clock.advance(1000);
    const waited = faultOf(placer.place({ orderId: 'o-waited' }));
    await clock.advance(9000);
    expect(batches[0]?.signal.aborted).toBe(true);
    expect(await sent).toMatchObject({ orderId: 'o-sent', message: expect.stringContaining('o-sent') });
    await clock.advance(1000);
    expect(await waited).toMatchObject({ orderId: 'o-waited', fix: expect.stringContaining('same order id') });
    expect(clock.pending()).toBe(0);
  });

  test.each([
    ['away', { type: 'cluster-lost', reason: 'nothing listens' }, 'nothing listens'],
    ['stopped', { type: 'broker-stopped', asked: true, reason: '' }, 'stopped'],
  ] as const)('with the cluster %s an order is refused at once, under its id', async (_, fact, why) => {
    const { events, batches, placer } = stage();
    events.emit(fact);
    const error = await faultOf(placer.place({ orderId: 'o-1' }));
    expect(error).toMatchObject({ code: 'KAFKA_UNREACHABLE', orderId: 'o-1' });
    expect(error.message).toContain(`order o-1 was not sent: `);
    expect(error.message).toContain(why);
    expect(batches).toEqual([]);
  });

  test('ten thousand orders may wait, and one more is refused', async () => {
    const { batches, placer } = stage();
    const all = ids(10_000).map((orderId) => placer.place({ orderId }));
    expect(await faultOf(placer.place({ orderId: 'o-late' }))).toMatchObject({ orderId: 'o-late' });
    for (let done = 0; done < 10_000; done += 1000) {
      await settle();
      batches.at(-1)?.acknowledge(done);
    }
    expect(await Promise.all(all)).toHaveLength(10_000);
    const next = placer.place({ orderId: 'o-next' });
    await settle();
    batches.at(-1)?.acknowledge(10_000);
    expect((await next).offset).toBe(10_000);
  });

  test('closing answers those who wait', async () => {
    const { batches, placer } = stage();
    const sent = placer.place({ orderId: 'o-sent' });
    await settle();
    const waiting = faultOf(placer.place({ orderId: 'o-waits' }));
    placer.close();
    expect((await waiting).message).toContain('closing');
    expect((await faultOf(placer.place({ orderId: 'o-late' }))).message).toContain('closing');
    batches[0]?.acknowledge(3);
    expect((await sent).offset).toBe(3);
  });
});
