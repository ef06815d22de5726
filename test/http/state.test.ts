import { describe, expect, onTestFinished, test } from 'vitest';
import { LunchrushError } from '../../src/errors.ts';
import { analyticsDigest, NO_TOTALS } from '../engine/fake-hall.ts';
import { openInside, postText, request } from './inside.ts';

async function open(...more: Parameters<typeof openInside>) {
  const inside = await openInside(...more);
  onTestFinished(() => inside.doors.close());
  return inside;
}

describe('what the doors say of the pipeline behind them', () => {
  test('before the engine is there they answer, and say what is being started', async () => {
    const { orders, analytics, events } = await open({}, { attached: false });
    events.emit({ type: 'start-progressed', what: 'topics: looking whether they fit' });
    for (const path of ['/lag', '/topics', '/health']) {
      const seen = await request(orders + path);
      expect(seen).toMatchObject({
        status: 503,
        body: { detail: expect.stringContaining('looking whether they fit') },
      });
      expect(seen.headers.get('retry-after')).toBe('1');
    }
    const seen = await postText(`${orders}/produce`, '{"orderId":"o-7"}');
    expect(seen).toMatchObject({ status: 503, body: { orderId: 'o-7' } });
    expect((await postText(`${analytics}/replay`, '')).status).toBe(503);
  });

  test('/ready waits until every partition has had its worker', async () => {
    const { orders, events, clock } = await open();
    expect((await request(`${orders}/ready`)).status).toBe(200);
    events.store.setState({ start: { at: clock.now(), what: 'workers: joining', isDone: false, holder: null } });
    const seen = await request(`${orders}/ready`);
    expect(seen).toMatchObject({ status: 503, body: { detail: 'the pipeline is starting: workers: joining' } });
    expect((await request(`${orders}/health`)).status).toBe(200);
  });

  test.each([
    ['does not answer', { type: 'cluster-lost', reason: 'Kafka did not answer in time' }, 'did not answer in time'],
    ['is stopped', { type: 'broker-stopped', asked: true, reason: '' }, 'is stopped'],
    ['has died', { type: 'broker-stopped', asked: false, reason: 'its process ended by SIGKILL' }, 'SIGKILL'],
  ] as const)('when the broker %s, health and orders are refused with the reason', async (_, fact, why) => {
    const { orders, analytics, events } = await open();
    events.emit(fact);
    const paths = ['/health', '/ready', '/lag', '/topics'];
    for (const url of [...paths.map((path) => orders + path), `${analytics}/health`]) {
      expect(await request(url)).toMatchObject({ status: 503, body: { detail: expect.stringContaining(why) } });
    }
    const seen = await postText(`${orders}/produce`, '{}');
    expect(seen).toMatchObject({
      status: 503,
      body: { orderId: expect.stringMatching(/^o-/), fix: expect.stringContaining('same order id') },
    });
    expect(seen.headers.get('retry-after')).toBe('1');
    expect((await postText(`${orders}/load-test`, '')).status).toBe(503);
    expect((await postText(`${analytics}/replay`, '')).status).toBe(503);
    events.emit({ type: 'cluster-found', awayForMs: 5 });
    expect((await request(`${orders}/health`)).status).toBe(200);
    expect((await postText(`${orders}/produce`, '{}')).status).toBe(200);
  });

  test('numbers that are not known yet are not 0', async () => {
    const { orders, analytics, events } = await open();
    events.store.setState(({ analytics: noun }) => ({ analytics: { ...noun, totals: null } }));
    for (const path of ['/metrics', '/health']) expect((await request(analytics + path)).status).toBe(503);
    expect((await request(`${orders}/health`)).status).toBe(200);
    const totals = { ...NO_TOTALS, total_orders: 7, failure_rate: 1 / 3 };
    events.emit({ type: 'digest-arrived', digest: analyticsDigest({ totals }) });
    events.commit();
    expect((await request(`${analytics}/metrics`)).body).toMatchObject({ total_orders: 7, failure_rate: 0.3333 });
  });

  test('reading tells nothing to the log of facts', async () => {
    const { orders, analytics, engine } = await open();
    const heard: string[] = [];
    engine.onEvent(({ type }) => type.endsWith('sampled') || heard.push(type));
    for (const path of ['/health', '/ready', '/lag', '/workers', '/topics', '/openapi.json']) {
      expect((await request(orders + path)).status).toBe(200);
    }
    await request(`${analytics}/metrics`);
    await postText(`${orders}/produce`, '');
    expect(heard).toEqual([]);
  });

  test('lag, workers and topics say what the state holds', async () => {
    const { orders } = await open();
    const [lag, workers, topics] = await Promise.all(
      ['/lag', '/workers', '/topics'].map(async (path) => (await fetch(orders + path)).json()),
    );
    expect(lag).toMatchObject([{ groupId: 'inventory-service-group', lag: 0 }, { groupId: 'analytics-group' }]);
    expect(workers).toMatchObject([{ slot: 'inventory/1', thread: 'ready', restarts: 0 }, { slot: 'analytics/1' }]);
    expect(topics).toMatchObject([{ topic: 'orders', watermarks: [{ low: 0 }, { low: 0 }, { low: 0 }] }, {}, {}]);
  });

  test('whatever an order is refused for, its id is told', async () => {
    const { orders, engine } = await open();
    engine.place = () => Promise.reject(new LunchrushError('COMMAND_REFUSED', 'this cluster is only read'));
    const seen = await postText(`${orders}/produce`, '{"orderId":"o-7"}');
    expect(seen).toMatchObject({ status: 409, body: { orderId: 'o-7', detail: 'this cluster is only read' } });
  });

  test('a replay that cannot begin is refused', async () => {
    const { analytics, supervisor } = await open();
    supervisor.onAsk = async () => {
      throw new LunchrushError('COMMAND_REFUSED', 'this console only watches');
    };
    expect(await postText(`${analytics}/replay`, '')).toMatchObject({
      status: 409,
      body: { detail: 'this console only watches' },
    });
  });

  test('a replay that has begun is answered, whatever becomes of it', async () => {
    const { analytics, supervisor, events } = await open();
    supervisor.onAsk = async (slot) => {
      events.emit({ type: 'replay-rewound', slot, ranges: [] });
      return null;
    };
    expect((await postText(`${analytics}/replay`, '')).body).toMatchObject({ status: 'replay_triggered' });
    expect(await postText(`${analytics}/replay`, '')).toMatchObject({ status: 409 });
  });

  test('a replay that differs is to be settled before the next', async () => {
    const { analytics, events } = await open();
    events.store.setState(({ replay }) => ({ replay: { ...replay, running: { phase: 'differs' } as never } }));
    expect(await postText(`${analytics}/replay`, '')).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('accept') },
    });
  });
});
