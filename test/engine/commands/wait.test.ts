import { describe, expect, test } from 'vitest';
import type { Clause, Condition } from '../../../src/engine/command.ts';
import { settle } from '../fake-clock.ts';
import { GROUPS, TOPICS } from '../fake-cluster.ts';
import { analyticsDigest, createFakeEngine, NO_TOTALS, views } from '../fake-hall.ts';

function condition(fact: string, op: Clause['op'], value: number | string): Condition {
  const text = `${fact} ${op} ${value}`;
  return { clauses: [{ fact, op, value, text }], text };
}

function parts() {
  const all = createFakeEngine();
  const { engine, events } = all;
  const wait = (wanted: Condition, timeoutMs = 5000, signal = new AbortController().signal) =>
    engine.dispatch({ verb: 'wait', for: 'condition', condition: wanted, timeoutMs }, { signal });
  const told = (total_orders: number) =>
    events.emit({
      type: 'digest-arrived',
      digest: analyticsDigest({ totals: { ...NO_TOTALS, total_orders }, partitions: views(0, 0) }),
    });
  return { ...all, wait, told };
}

describe('expect', () => {
  test('outboxes are flushed before facts of the fold are compared', async () => {
    const { engine, supervisor, told } = parts();
    supervisor.onFlush = () => told(10);
    const { data, text } = await engine.dispatch({ verb: 'expect', condition: condition('total_orders', '==', 10) });
    expect(data).toMatchObject({ holds: true, clauses: [{ actual: 10, holds: true }] });
    expect(text).toEqual(['holds: total_orders == 10']);
  });

  test('the broker is asked before its facts are compared', async () => {
    const { engine, cluster } = parts();
    cluster.append(TOPICS.orders, 0, 5);
    const { data } = await engine.dispatch({ verb: 'expect', condition: condition('lag.inventory', '==', 5) });
    expect(data).toMatchObject({ holds: true });
  });

  test('what does not hold is told with the value it has', async () => {
    const { engine } = parts();
    const { clauses } = condition('total_orders', '==', 10);
    const two = { clauses: [...clauses, ...condition('failure_rate', '>', 0.26).clauses], text: 'both' };
    const { data, text } = await engine.dispatch({ verb: 'expect', condition: two });
    expect(data).toMatchObject({ holds: false, clauses: [{ actual: 0 }, { actual: 0 }] });
    expect(text).toEqual([
      'total_orders == 10 does not hold: total_orders is 0; failure_rate > 0.26 does not hold: failure_rate is 0.00%',
    ]);
  });

  test('a group that nobody knows holds for no operator', async () => {
    const { engine, cluster } = parts();
    cluster.states.set('theirs', { state: 'Dead', members: 0 });
    const { data } = await engine.dispatch({ verb: 'expect', condition: condition('state.theirs', '==', 'Dead') });
    expect(data).toMatchObject({ holds: true });
    const unknown = await engine
      .dispatch({ verb: 'expect', condition: condition('since.lag', '!=', 3) })
      .catch((e) => e);
    expect(unknown).toMatchObject({ code: 'COMMAND_REFUSED', fix: 'say mark before' });
  });

  test('with the cluster away, facts of the broker are an error and not a comparison of old values', async () => {
    const { engine, cluster } = parts();
    cluster.away = true;
    const expected = engine.dispatch({ verb: 'expect', condition: condition('lag', '==', 0) });
    await expect(expected).rejects.toMatchObject({ code: 'KAFKA_UNREACHABLE' });
  });
});

describe('wait for a condition', () => {
  test('it looks again at every store commit', async () => {
    const { wait, told, clock } = parts();
    const waited = wait(condition('total_orders', '>=', 3));
    await clock.advance(200);
    told(2);
    await clock.advance(200);
    told(3);
    await clock.advance(200);
    expect((await waited).data).toMatchObject({ holds: true });
  });

  test('facts of the broker are asked for while it waits', async () => {
    const { engine, wait, cluster, clock } = parts();
    await engine.start();
    cluster.append(TOPICS.orders, 0, 5);
    cluster.commit(GROUPS.inventory, TOPICS.orders, [0, 0, 0]);
    const waited = wait(condition('lag.inventory', '==', 0));
    await clock.advance(1000);
    cluster.commit(GROUPS.inventory, TOPICS.orders, [5, 0, 0]);
    await clock.advance(300);
    expect((await waited).data).toMatchObject({ holds: true, waitedMs: expect.any(Number) });
    await engine.close();
  });

  test('out of time it answers that it does not hold, and leaves no timer', async () => {
    const { wait, clock } = parts();
    const waited = wait(condition('total_orders', '==', 3));
    await clock.advance(5000);
    const { data, text } = await waited;
    expect(data).toMatchObject({ holds: false, waitedMs: 5000, clauses: [{ actual: 0 }] });
    expect(text).toEqual(['not within 5.0 s: total_orders == 3 does not hold: total_orders is 0']);
    expect(clock.pending()).toBe(0);
  });

  test('out of time with the cluster away it is the cluster that failed', async () => {
    const { engine, wait, cluster, clock } = parts();
    await engine.start();
    cluster.away = true;
    const waited = wait(condition('lag', '==', 3));
    waited.catch(() => {});
    await clock.advance(5000);
    await expect(waited).rejects.toMatchObject({ code: 'KAFKA_UNREACHABLE' });
    await engine.close();
  });

  test('an interruption ends it', async () => {
    const { wait, clock } = parts();
    const stop = new AbortController();
    const waited = wait(condition('total_orders', '==', 3), 5000, stop.signal);
    await clock.advance(10);
    stop.abort();
    await expect(waited).rejects.toMatchObject({ code: 'COMMAND_FAILED', message: 'interrupted before it was done' });
    expect(clock.pending()).toBe(0);
  });
});

describe('wait for idle', () => {
  test('out of time it says what holds it up', async () => {
    const { engine, cluster, clock, events } = parts();
    cluster.append(TOPICS.orders, 0, 5);
    events.emit({ type: 'worker-paused', slot: 'inventory/1' });
    const waited = engine.dispatch({ verb: 'wait', for: 'idle', timeoutMs: 2000 });
    await clock.advance(2100);
    const { data } = await waited;
    expect(data).toMatchObject({
      holds: false,
      sentence:
        'not within 2.0 s: not idle: inventory-service-group has committed 0 of 5 in orders/0; inventory/1 is paused',
    });
  });

  test('an idle pipeline is idle at once', async () => {
    const { engine, clock, cluster } = parts();
    const waited = engine.dispatch({ verb: 'wait', for: 'idle', timeoutMs: 2000 });
    await clock.advance(100);
    expect((await waited).data).toMatchObject({ holds: true });
    expect(cluster.calls.length).toBeLessThan(20);
  });
});

describe('wait for an event', () => {
  const waitFor = (engine: ReturnType<typeof parts>['engine'], event: string) =>
    engine.dispatch({ verb: 'wait', for: 'event', event, timeoutMs: 1000 });

  test('one that comes while it waits ends it', async () => {
    const { engine, events } = parts();
    const waited = waitFor(engine, 'worker-paused');
    await settle();
    events.emit({ type: 'worker-paused', slot: 'inventory/1' });
    expect((await waited).data).toMatchObject({ holds: true });
  });

  test('one that came while the line before still ran is not missed', async () => {
    const { engine, events, supervisor } = parts();
    supervisor.pause = async (slot) => events.emit({ type: 'worker-paused', slot });
    await engine.dispatch({ verb: 'pause', target: 'inventory/1' });
    await engine.dispatch({ verb: 'say', text: 'now' });
    expect((await waitFor(engine, 'worker-paused')).data).toMatchObject({ holds: true });
  });

  test('two waits in a row are two events, and one from before the last deed does not count', async () => {
    const { engine, events, clock } = parts();
    events.emit({ type: 'worker-paused', slot: 'inventory/1' });
    await engine.dispatch({ verb: 'resume', target: 'inventory/1' });
    const missed = waitFor(engine, 'worker-paused');
    await clock.advance(1000);
    expect((await missed).data).toMatchObject({ holds: false, sentence: 'not within 1.0 s: no event worker-paused' });
    events.emit({ type: 'worker-paused', slot: 'inventory/1' });
    expect((await waitFor(engine, 'worker-paused')).data).toMatchObject({ holds: true });
    const again = waitFor(engine, 'worker-paused');
    await clock.advance(1000);
    expect((await again).data).toMatchObject({ holds: false });
  });
});
