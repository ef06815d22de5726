import { describe, expect, test } from 'vitest';
import { metadataOf } from '../../../src/workers/inventory/start-offset.ts';
import { settle } from '../fake-world.ts';
import { MemoryCluster } from '../memory-cluster.ts';
import { order, TOPICS } from '../orders.ts';
import { createStage } from './stage.ts';

function orders(from: number, to: number) {
  return Array.from({ length: to - from }, (_, i) => order(`o-${from + i}`));
}

describe('the pace and the end of a tenure', () => {
  test('a paused worker decides nothing until it is nudged on', async () => {
    const { orders: log, run, member, output, tenure } = createStage();
    member.mayDecide = false;
    log.append(orders(0, 5));
    await run();
    tenure.nudge();
    await run();
    expect(output().high).toBe(0);
    expect(tenure.view().waitingSince).toBe(1_000);
    member.mayDecide = true;
    tenure.nudge();
    await run();
    expect(output().high).toBe(5);
  });

  test('a pause ends the slice in hand with what it has', async () => {
    const { orders: log, run, world, member, output } = createStage({ knobs: { throttleMs: 100 } });
    log.append(orders(0, 50));
    await run();
    await world.elapse(100);
    member.mayDecide = false;
    await world.elapse(10_000);
    expect(output().high).toBe(2);
  });

  test('a pause reaches the order that waits for the throttle', async () => {
    const { orders: log, run, world, member, output, tenure } = createStage({ knobs: { throttleMs: 1_000 } });
    log.append(orders(0, 50));
    await run();
    await world.elapse(500);
    member.mayDecide = false;
    await world.elapse(10_000);
    expect(output().high).toBe(1);
    member.mayDecide = true;
    tenure.nudge();
    await world.elapse(250);
    expect(output().high).toBe(2);
  });

  test('under a long throttle an outcome waits no longer than a slice may last, and tells when it was decided', async () => {
    const { orders: log, run, world, output } = createStage({ knobs: { throttleMs: 10_000 } });
    const start = world.now();
    log.append(orders(0, 3));
    await run();
    await world.elapse(250);
    expect(output().high).toBe(1);
    await world.elapse(20_000);
    const seconds = output().records.map((r) => Math.round((r.timestamp - start) / 1_000));
    expect(seconds).toEqual([0, 10, 20]);
  });

  test('under a throttle it publishes what a quarter of a second allows', async () => {
    const {
      orders: log,
      run,
      world,
      slices,
      knobs,
      turnstile,
      tenure,
      output,
    } = createStage({
      knobs: { throttleMs: 100 },
    });
    log.append(orders(0, 100));
    await run();
    await world.elapse(1_000);
    expect(output().high).toBeGreaterThanOrEqual(8);
    expect(output().high).toBeLessThanOrEqual(11);
    expect(Math.max(...slices.map((s) => s.records))).toBeLessThanOrEqual(4);
    knobs.throttleMs = 0;
    turnstile.turned();
    tenure.nudge();
    await world.elapse(300);
    expect(output().high).toBe(100);
  });

  test('holds the fetch back while two batches wait', async () => {
    const { orders: log, run, member } = createStage({ fetch: 10 });
    member.mayDecide = false;
    log.append(orders(0, 100));
    await run();
    expect(member).toMatchObject({ isHeld: true, position: 20 });
  });

  test('an ended tenure sends, counts, seeks and commits nothing any more', async () => {
    const { orders: log, run, elapse, sends, output, member, slices, tenure, fold } = createStage();
    let signal: AbortSignal | undefined;
    sends.push(async (append, _, given) => {
      signal = given;
      await new Promise((resolve) => given?.addEventListener('abort', resolve));
      return append();
    });
    log.append(orders(0, 3));
    await run();
    tenure.end();
    expect(signal?.aborted).toBe(true);
    member.isHeld = false;
    log.append(orders(3, 6));
    await run();
    await elapse(5_000);
    expect(output().high).toBe(3);
    expect(slices).toEqual([]);
    expect(fold.last).toBe(-1);
    expect(member.seeks).toEqual([0]);
    expect(tenure.isDirty).toBe(false);
    expect(tenure.due(Number.POSITIVE_INFINITY)).toBeUndefined();
  });

  test('an end while it restores leaves no trace but what the fold has read', async () => {
    const cluster = new MemoryCluster();
    cluster.log(TOPICS.orders).append(orders(0, 3));
    let answer = () => {};
    const wire = () => new Promise<void>((resolve) => (answer = resolve));
    const { run, elapse, tenure, home, member } = createStage({ cluster, wire });
    await run();
    tenure.end();
    for (let i = 0; i < 6; i++) {
      answer();
      await settle();
    }
    await elapse(1_000);
    expect(home.facts).toEqual([]);
    expect(member.seeks).toEqual([]);
  });

  test('finishing sends the slice in hand, takes no more, and leaves it to be committed', async () => {
    const { orders: log, run, sends, tenure, output } = createStage({ fetch: 4 });
    let acknowledge = () => {};
    sends.push(async (append) => {
      await new Promise<void>((resolve) => {
        acknowledge = resolve;
      });
      return append();
    });
    log.append(orders(0, 12));
    await run();
    const finished = tenure.finish();
    await settle();
    acknowledge();
    await finished;
    await run();
    expect(output().high).toBe(4);
    expect(tenure.due(Number.POSITIVE_INFINITY)).toEqual({ offset: 4, metadata: metadataOf(3) });
  });

  test('finishing waits for no throttle', async () => {
    const { orders: log, run, tenure, output } = createStage({ knobs: { throttleMs: 600_000 } });
    log.append(orders(0, 5));
    await run();
    let isFinished = false;
    void tenure.finish().then(() => {
      isFinished = true;
    });
    await run();
    expect(isFinished).toBe(true);
    expect(output().high).toBe(1);
  });
});
