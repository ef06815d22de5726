import { describe, expect, test } from 'vitest';
import { faultOfCode, SendDoubt } from '../../../src/kafka/errors.ts';
import { partitionFor } from '../../../src/kafka/partitioner.ts';
import { createBuckets } from '../../../src/workers/histogram.ts';
import { startRun } from '../../../src/workers/load/run.ts';
import type { LoadPlan } from '../../../src/workers/messages.ts';
import { createFakeWorld, settle } from '../fake-world.ts';
import { MemoryCluster } from '../memory-cluster.ts';

const PLAN: LoadPlan = { run: 'r', rate: 'max', shape: 'steady', duplicates: 0, malformed: 0, hot: 0 };

function stage(changed: Partial<LoadPlan>, options: { isStuck?: boolean } = {}) {
  const world = createFakeWorld();
  const cluster = new MemoryCluster();
  const network = { isStuck: options.isStuck ?? false };
  let events = 0;
  const run = startRun(
    { ...PLAN, ...changed },
    {
      world,
      partitions: 3,
      partitionOf: (key) => partitionFor(key, 3),
      eventId: () => `e-${events++}`,
      published: createBuckets(),
      open: (partition) =>
        cluster.producer('orders', partition, async (records) => {
          if (network.isStuck) throw new SendDoubt(faultOfCode(7, 'orders'));
          return { baseOffset: cluster.log('orders', partition).append(records) };
        }),
    },
  );
  let isOver = false;
  void run.done.then(() => {
    isOver = true;
  });
  const finish = async () => {
    while (!isOver) await world.elapse(5);
    return run.done;
  };
  const records = () => [0, 1, 2].flatMap((p) => cluster.log('orders', p).records);
  return { world, run, network, finish, records };
}

describe('a closed loop', () => {
  test('sends exactly its count, each record acknowledged', async () => {
    const { finish, run, records } = stage({ count: 12_345, duplicates: 0.01, malformed: 0.005 });
    expect(await finish()).toEqual({ stopped: false });
    expect(run.read()).toMatchObject({
      phase: 'done',
      asked: 12_345,
      produced: 12_345,
      errors: 0,
      unknown: 0,
      late: 0,
    });
    expect(run.read()).toMatchObject({ duplicates: 123, malformed: 62, distinct: 12_345 - 123 - 62 });
    expect(records()).toHaveLength(12_345);
  });

  test('leaves no timer behind, nor sets one when it is stopped afterwards', async () => {
    const { finish, run, world } = stage({ count: 1_000 });
    await finish();
    run.stop();
    expect(world.timers).toBe(0);
  });

  test('ends when its time is over', async () => {
    const { finish, run, records } = stage({ durationMs: 20 });
    await finish();
    expect(run.read().produced).toBeGreaterThan(0);
    expect(records()).toHaveLength(run.read().produced);
    expect(run.read().elapsedMs).toBeGreaterThanOrEqual(20);
  });

  test('composes no more than the acknowledgements allow', async () => {
    const { run, world, network } = stage({ count: 100_000 }, { isStuck: true });
    for (let i = 0; i < 50; i++) await world.elapse(100);
    expect(run.read().distinct).toBeLessThan(8_000);
    expect(run.trouble()).not.toBe('');
    network.isStuck = false;
    run.stop();
    await world.elapse(200);
    await run.done;
    expect(run.trouble()).toBe('');
  });

  test('a stop flushes what is composed and says so', async () => {
    const { run, finish, records } = stage({ count: 1_000_000 });
    for (let i = 0; i < 5; i++) await settle();
    run.stop();
    expect(await finish()).toEqual({ stopped: true });
    const { produced, distinct } = run.read();
    expect(produced).toBe(distinct);
    expect(produced).toBeLessThan(1_000_000);
    expect(records()).toHaveLength(produced);
  });

  test('a stopped load that cannot be flushed gives up after ten seconds', async () => {
    const { run, finish, world } = stage({ count: 5_000 }, { isStuck: true });
    await world.elapse(1_000);
    run.stop();
    const at = world.now();
    await finish();
    expect(world.now() - at).toBeLessThan(10_500);
    const { produced, errors, distinct } = run.read();
    expect(produced + errors).toBe(distinct);
    expect(errors).toBeGreaterThan(0);
  });
});

describe('an open loop', () => {
  test('sends on its schedule, with the intended time in every record', async () => {
    const { world, run, records } = stage({ rate: 1_000, count: 2_000 });
    const start = world.now();
    await world.elapse(1_000);
    expect(run.read().produced).toBeGreaterThanOrEqual(990);
    expect(run.read().produced).toBeLessThanOrEqual(1_000);
    await world.elapse(1_100);
    await run.done;
    expect(run.read()).toMatchObject({ phase: 'done', produced: 2_000, late: 0, shed: 0 });
    const times = records().map((r) => r.timestamp - start);
    expect(Math.min(...times)).toBeLessThanOrEqual(1);
    expect(Math.max(...times)).toBe(2_000);
  });

  test('bounded by time, it sends exactly what is due by then, though the last tick comes late', async () => {
    const { world, run } = stage({ rate: 1_000, durationMs: 1_000 });
    await world.elapse(950);
    await world.stall(500);
    await world.elapse(100);
    await run.done;
    expect(run.read()).toMatchObject({ asked: 1_000, produced: 1_000, shed: 0 });
  });

  test('bounded by count and time, it sends what is due in the shorter', async () => {
    const { world, run } = stage({ rate: 1_000, count: 10_000, durationMs: 500 });
    await world.elapse(450);
    await world.stall(300);
    await world.elapse(100);
    await run.done;
    expect(run.read().produced).toBe(500);
  });

  test('after a standstill it catches up, and counts what came late', async () => {
    const { world, run } = stage({ rate: 1_000, count: 1_000 });
    await world.elapse(100);
    await world.stall(400);
    await world.elapse(700);
    await run.done;
    const { produced, late, delay } = run.read();
    expect(produced).toBe(1_000);
    expect(late).toBeGreaterThan(380);
    expect(late).toBeLessThan(410);
    expect(delay.max).toBeGreaterThan(395);
  });

  test('gives up arrivals once the backlog is at its limit, and counts them', async () => {
    const { world, run, network } = stage({ rate: 100_000, count: 100_000 }, { isStuck: true });
    for (let i = 0; i < 12; i++) await world.elapse(100);
    expect(run.read().shed).toBeGreaterThanOrEqual(50_000 - 3_000);
    network.isStuck = false;
    for (let i = 0; i < 12; i++) await world.elapse(100);
    await run.done;
    const { produced, shed, unknown } = run.read();
    expect(produced + shed).toBe(100_000);
    expect(unknown).toBeGreaterThan(0);
    expect(unknown).toBeLessThanOrEqual(3_000);
  });
});
