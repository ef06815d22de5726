import { describe, expect, test } from 'vitest';
import { faultOfCode, KafkaFault } from '../../src/kafka/errors.ts';
import { settle } from './fake-clock.ts';
import { GROUPS, TOPICS } from './fake-cluster.ts';
import { analyticsDigest, createFakeEngine, inventoryDigest, view, views } from './fake-hall.ts';

/** An engine of which orders hold 10 records a partition, and a look at whether `idle` has ended. */
function waiting() {
  const parts = createFakeEngine();
  for (const partition of [0, 1, 2]) parts.cluster.append(TOPICS.orders, partition, 10);
  const stop = new AbortController();
  let ended = false;
  const idle = parts.engine.idle(stop.signal).then(() => {
    ended = true;
  });
  idle.catch(() => {});
  const step = async () => {
    await parts.clock.advance(300);
    return ended;
  };
  return { ...parts, stop, idle, step };
}

type Parts = ReturnType<typeof waiting>;

const inventoryIsThrough = ({ cluster }: Parts) => {
  cluster.commit(GROUPS.inventory, TOPICS.orders, [10, 10, 10]);
  for (const partition of [0, 1, 2]) cluster.append(TOPICS.inventoryEvents, partition, 10);
};

const analyticsHasCommitted = ({ cluster }: Parts) => {
  cluster.commit(GROUPS.analytics, TOPICS.orders, [10, 10, 10]);
  cluster.commit(GROUPS.analytics, TOPICS.inventoryEvents, [10, 10, 10]);
};

const digestArrives = ({ supervisor, events }: Parts, orders = 10) => {
  supervisor.onFlush = () => {
    events.emit({ type: 'digest-arrived', digest: analyticsDigest({ partitions: views(orders, 10) }) });
  };
};

describe('idle', () => {
  test('it holds when orders are decided, both topics folded, both groups committed, and the digest is here', async () => {
    const parts = waiting();
    expect(await parts.step()).toBe(false);
    expect(parts.engine.waitsFor()).toBe(`${GROUPS.inventory} has committed 0 of 10 in orders/0`);
    inventoryIsThrough(parts);
    expect(await parts.step()).toBe(false);
    expect(parts.engine.waitsFor()).toBe(`${GROUPS.analytics} has committed 0 of 10 in orders/0`);
    analyticsHasCommitted(parts);
    expect(await parts.step()).toBe(false);
    expect(parts.engine.waitsFor()).toBe('analytics has folded 0 of 10 in orders/0');
    digestArrives(parts);
    expect(await parts.step()).toBe(true);
    expect(parts.engine.waitsFor()).toBe('');
  });

  test('the end of inventory-events is asked for after the orders are decided', async () => {
    const parts = waiting();
    analyticsHasCommitted(parts);
    digestArrives(parts);
    await parts.step();
    inventoryIsThrough(parts);
    parts.cluster.append(TOPICS.inventoryEvents, 2, 1);
    expect(await parts.step()).toBe(false);
    expect(parts.engine.waitsFor()).toBe(`${GROUPS.analytics} has committed 10 of 11 in inventory-events/2`);
  });

  test('a digest that is one record short holds it up', async () => {
    const parts = waiting();
    inventoryIsThrough(parts);
    analyticsHasCommitted(parts);
    digestArrives(parts, 9);
    expect(await parts.step()).toBe(false);
  });

  test('a load test that was asked for and has not begun holds it up', async () => {
    const parts = waiting();
    const command = { verb: 'load', rate: 'max', shape: 'steady', duplicates: 0, malformed: 0, hot: 0 } as const;
    parts.events.emit({
      type: 'command-started',
      id: 9_999,
      command: { ...command, reuseIds: false, background: false },
      text: 'load',
    });
    inventoryIsThrough(parts);
    analyticsHasCommitted(parts);
    digestArrives(parts);
    expect(await parts.step()).toBe(false);
    expect(parts.engine.waitsFor()).toBe('a load test is running');
  });

  test('a load test that runs holds it up, and one that began meanwhile begins it again', async () => {
    const parts = waiting();
    const plan = { run: 'r', rate: 'max', shape: 'steady', duplicates: 0, malformed: 0, hot: 0 } as const;
    inventoryIsThrough(parts);
    await parts.step();
    parts.events.emit({ type: 'load-started', slot: 'load/1', plan });
    analyticsHasCommitted(parts);
    digestArrives(parts);
    expect(await parts.step()).toBe(false);
    expect(parts.engine.waitsFor()).toBe('a load test is running');
    parts.events.emit({ type: 'worker-stopped', slot: 'load/1' });
    expect(await parts.step()).toBe(true);
  });

  test('paused, stopped and halted ones that hold it up are named', async () => {
    const parts = waiting();
    parts.events.emit({ type: 'worker-paused', slot: 'inventory/1' });
    await parts.step();
    expect(parts.engine.waitsFor()).toContain('inventory/1 is paused');
    parts.events.emit({ type: 'worker-stopped', slot: 'inventory/1' });
    await parts.step();
    expect(parts.engine.waitsFor()).toContain('inventory/1 is stopped');
    parts.events.emit({ type: 'worker-spawned', slot: 'inventory/1', incarnation: 2, why: 'start' });
    parts.events.emit({ type: 'worker-ready', slot: 'inventory/1', incarnation: 2, forMs: 1 });
    parts.events.emit({ type: 'worker-resumed', slot: 'inventory/1' });
    const halted = { ...view(TOPICS.orders, 1, 3), state: 'halted', reason: 'the topic was recreated' } as const;
    parts.events.emit({
      type: 'digest-arrived',
      digest: inventoryDigest({ incarnation: 2, partitions: [halted] }),
    });
    await parts.step();
    expect(parts.engine.waitsFor()).toContain('orders/1 is halted at inventory/1: the topic was recreated');
  });

  test('when it is given up, the error says what it waited for', async () => {
    const parts = waiting();
    await parts.step();
    parts.stop.abort();
    await settle();
    await expect(parts.idle).rejects.toMatchObject({
      code: 'TIMED_OUT',
      message: `not idle: ${GROUPS.inventory} has committed 0 of 10 in orders/0`,
    });
  });

  test('a worker that the cluster will not have ends the wait at once, until it is started again', async () => {
    const parts = waiting();
    await parts.step();
    const died = { type: 'worker-died', slot: 'inventory/1', incarnation: 1, reason: 'no' } as const;
    const error = { code: 'KAFKA_REFUSED', message: 'the user needs Read on Group g', fix: 'kafka-acls' } as const;
    parts.events.emit({ ...died, error, retryInMs: 250 });
    expect(await parts.step()).toBe(false);
    parts.events.emit({ ...died, error, retryInMs: null });
    await parts.step();
    await expect(parts.idle).rejects.toMatchObject({ ...error, exitCode: 3 });
    parts.events.emit({ type: 'worker-spawned', slot: 'inventory/1', incarnation: 2, why: 'asked for' });
    parts.events.commit();
    const again = parts.engine.idle(parts.stop.signal);
    await parts.step();
    parts.stop.abort();
    await expect(again).rejects.toMatchObject({ code: 'TIMED_OUT' });
  });

  test('what we may not ask for is not waited for', async () => {
    const parts = createFakeEngine();
    const fault = faultOfCode(29, '', { api: 'ListOffsets', topic: TOPICS.orders });
    parts.cluster.watermarks = () => Promise.reject(new KafkaFault(fault));
    await expect(parts.engine.idle()).rejects.toMatchObject({
      code: 'KAFKA_REFUSED',
      message: `asking Kafka: the user needs Describe on Topic ${TOPICS.orders}`,
    });
  });

  test('a cluster that is away is waited for', async () => {
    const parts = waiting();
    inventoryIsThrough(parts);
    analyticsHasCommitted(parts);
    digestArrives(parts);
    parts.cluster.away = true;
    expect(await parts.step()).toBe(false);
    expect(parts.engine.waitsFor()).toContain('nothing listens there');
    parts.cluster.away = false;
    expect(await parts.step()).toBe(true);
  });

  test('where analytics reads beside its group, commits of a group without members are not waited for', async () => {
    const parts = waiting();
    inventoryIsThrough(parts);
    const beside = { watchOnly: true, memberId: '', generation: -1, partitions: views(10, 10) };
    const { supervisor, events, cluster } = parts;
    supervisor.onFlush = () => events.emit({ type: 'digest-arrived', digest: analyticsDigest(beside) });
    supervisor.onFlush();
    expect(await parts.step()).toBe(false);
    expect(parts.engine.waitsFor()).toContain(`${GROUPS.analytics} has committed 0 of 10`);
    cluster.states.set(GROUPS.analytics, { state: 'Empty', members: 0 });
    expect(await parts.step()).toBe(true);
  });

  test('partitions that another member holds are not waited for', async () => {
    const parts = waiting();
    inventoryIsThrough(parts);
    analyticsHasCommitted(parts);
    parts.supervisor.onFlush = () => {
      const digest = analyticsDigest({ partialBecause: 'kcat', partitions: [view(TOPICS.orders, 0, 10)] });
      parts.events.emit({ type: 'digest-arrived', digest });
    };
    expect(await parts.step()).toBe(true);
  });

  test('waiting long costs no more than ten questions a second a group', async () => {
    const parts = waiting();
    await parts.clock.advance(1000);
    const before = parts.cluster.calls.length;
    await parts.clock.advance(10_000);
    // The watcher is hurried too, but has not been started here.
    expect(parts.cluster.calls.length - before).toBeLessThanOrEqual(101);
  });
});
