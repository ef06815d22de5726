import { describe, expect, test } from 'vitest';
import { faultOfCode, SendDoubt } from '../../../src/kafka/errors.ts';
import { metadataOf } from '../../../src/workers/inventory/start-offset.ts';
import { settle } from '../fake-world.ts';
import { MemoryCluster } from '../memory-cluster.ts';
import { nonsense, order, outcome, TOPICS } from '../orders.ts';
import { readOutcomes } from './reference.ts';
import { createStage, type Send } from './stage.ts';

const DOUBT = new SendDoubt(faultOfCode(7, 'orders/0'));
const REFUSAL = new SendDoubt(faultOfCode(10, 'orders/0'));
const rejected: Send = async () => {
  throw DOUBT;
};
const refused: Send = async () => {
  throw REFUSAL;
};
/** The broker has it, the acknowledgement is lost. */
const unacknowledged: Send = async (append) => {
  append();
  throw DOUBT;
};

function orders(from: number, to: number) {
  return Array.from({ length: to - from }, (_, i) => order(`o-${from + i}`));
}

describe('a tenure', () => {
  test('decides every order of a fresh partition once, in order, and is then to be committed', async () => {
    const { orders: log, run, elapse, output, tenure, home, fold, world } = createStage();
    log.append(orders(0, 250));
    await run();
    expect([...readOutcomes(output()).accepted.keys()]).toEqual(orders(0, 250).map((o) => o.key));
    expect(tenure.view()).toMatchObject({ state: 'running', reason: '', position: 250, end: 250, committed: -1 });
    expect(home.of('partition-restored')).toMatchObject([{ w: -1, start: 0, read: 0 }]);
    await elapse(50);
    expect(tenure.due(world.now())).toEqual({ offset: 250, metadata: metadataOf(fold.last) });
  });

  test('a committed position is not due again, and its view says so', async () => {
    const { orders: log, run, elapse, tenure, world } = createStage();
    log.append(orders(0, 3));
    await run();
    await elapse(50);
    tenure.committedTo(tenure.due(world.now()) ?? { offset: -1, metadata: '' });
    expect(tenure.isDirty).toBe(false);
    expect(tenure.view().committed).toBe(3);
    expect(tenure.due(Number.POSITIVE_INFINITY)).toBeUndefined();
  });

  test('begins after W when the output is ahead of the commit', async () => {
    const cluster = new MemoryCluster();
    cluster.log(TOPICS.orders).append(orders(0, 10));
    cluster.log(TOPICS.inventoryEvents).append([0, 1, 2, 3, 4, 5].map((i) => outcome(`o-${i}`, i)));
    const { run, output, home, member } = createStage({ cluster, committed: { offset: 2, metadata: metadataOf(1) } });
    await run();
    expect(home.of('partition-restored')).toMatchObject([{ w: 5, committed: 2, start: 6, read: 6 }]);
    expect(home.of('commit-ignored')).toEqual([]);
    expect(member.seeks).toEqual([6]);
    expect(readOutcomes(output())).toMatchObject({ redelivered: 0, repeated: 0 });
    expect(output().high).toBe(10);
  });

  test('says when it ignores the commit of another client', async () => {
    const { run, home, orders: log } = createStage({ committed: { offset: 5, metadata: '' } });
    log.append(orders(0, 8));
    await run();
    expect(home.of('commit-ignored')).toMatchObject([{ committed: 5, start: 0, topic: 'orders', partition: 0 }]);
  });

  test('takes duplicates and restores without a second outcome', async () => {
    const cluster = new MemoryCluster();
    const first = createStage({ cluster });
    first.orders.append([order('a'), order('b'), order('a')]);
    await first.run();
    first.tenure.end();
    const second = createStage({ cluster });
    second.orders.append([order('b'), order('c')]);
    await second.run();
    expect(second.output().records.map((r) => String(r.key))).toEqual(['a', 'b', 'c']);
  });

  test('halts when the order at W is not the one that its outcome names', async () => {
    const cluster = new MemoryCluster();
    cluster.log(TOPICS.orders).append([order('another')]);
    cluster.log(TOPICS.inventoryEvents).append([outcome('o-0', 0)]);
    const { run, elapse, tenure, home, output } = createStage({ cluster });
    await run();
    await elapse(10_000);
    expect(tenure.view()).toMatchObject({ state: 'halted', reason: expect.stringContaining('recreated') });
    expect(home.of('partition-halted')).toHaveLength(1);
    expect(output().high).toBe(1);
    expect(tenure.isDirty).toBe(false);
  });

  test('halts when its orders end before W', async () => {
    const cluster = new MemoryCluster();
    cluster.log(TOPICS.orders).append(orders(0, 3));
    cluster.log(TOPICS.inventoryEvents).append([outcome('o-7', 7)]);
    const { run, tenure } = createStage({ cluster });
    await run();
    expect(tenure.view()).toMatchObject({ state: 'halted', reason: expect.stringContaining('ends at 3') });
  });

  test('halts when its output is shorter than it knows', async () => {
    const { orders: log, run, elapse, sends, output, tenure } = createStage();
    log.append(orders(0, 10));
    await run();
    output().loseFrom(4);
    sends.push(rejected);
    log.append(orders(10, 12));
    await run();
    await elapse(5_000);
    expect(tenure.view()).toMatchObject({ state: 'halted', reason: expect.stringContaining('lost its tail') });
  });

  test('is no stranger to its orders when retention has removed the one at W', async () => {
    const cluster = new MemoryCluster();
    cluster.log(TOPICS.orders).append(orders(0, 10));
    cluster.log(TOPICS.inventoryEvents).append([outcome('o-0', 0)]);
    cluster.log(TOPICS.orders).removeBelow(6);
    const { run, output, home } = createStage({ cluster });
    await run();
    expect(home.of('partition-restored')).toMatchObject([{ w: 0, start: 6 }]);
    expect(
      output()
        .records.slice(1)
        .map((r) => String(r.key)),
    ).toEqual(['o-6', 'o-7', 'o-8', 'o-9']);
  });

  test('does not take an outcome that was written while it looked for a sign of a lost tail', async () => {
    const cluster = new MemoryCluster();
    cluster.log(TOPICS.orders).append(orders(0, 2));
    let raced = false;
    const wire = async (what: string) => {
      await settle();
      // Another member decides a new order in the moment between the two questions for the ends of the logs.
      if (what !== 'watermarks inventory-events' || raced) return;
      raced = true;
      for (let i = 0; i < 4; i++) await settle();
      cluster.log(TOPICS.orders).append([order('o-2')]);
      cluster.log(TOPICS.inventoryEvents).append([outcome('o-0', 0), outcome('o-1', 1), outcome('o-2', 2)]);
    };
    const { run, tenure } = createStage({ cluster, wire });
    for (let i = 0; i < 20; i++) await run();
    expect(tenure.view()).toMatchObject({ state: 'running', position: 3 });
  });

  test('is in doubt when its batch lands elsewhere than expected, and restores from the log', async () => {
    const { orders: log, run, elapse, output, home, member, tenure } = createStage();
    log.append(orders(0, 5));
    await run();
    output().append([outcome('o-4', 4)]);
    log.append(orders(5, 8));
    await run();
    expect(home.of('send-doubted')).toMatchObject([{ reason: expect.stringContaining('somebody else writes there') }]);
    await elapse(1_000);
    log.append(orders(8, 9));
    await run();
    expect(member.doubts).toBe(1);
    expect(tenure.view()).toMatchObject({ state: 'running', position: 9 });
    expect(readOutcomes(output())).toMatchObject({ redelivered: 1, repeated: 0, conflicts: 0 });
    expect(readOutcomes(output()).accepted.size).toBe(9);
  });

  test.each([
    ['never arrived', rejected],
    ['arrived without its acknowledgement', unacknowledged],
  ])('throws the producer away after a send that %s, and decides nothing twice', async (_, send) => {
    const { orders: log, run, elapse, sends, output, member, tenure } = createStage();
    sends.push(send);
    log.append(orders(0, 20));
    await run();
    expect(tenure.view()).toMatchObject({ state: 'restoring', reason: expect.stringContaining('in doubt') });
    log.append(orders(20, 30));
    await elapse(1_000);
    expect(member).toMatchObject({ doubts: 1, opened: 2 });
    expect(readOutcomes(output())).toMatchObject({ redelivered: 0, repeated: 0, conflicts: 0 });
    expect(output().high).toBe(30);
  });

  test('a broker that stays away is tried ever more seldom, at most every two seconds, and said once', async () => {
    const { orders: log, run, elapse, sends, output, home, member } = createStage();
    for (let i = 0; i < 20; i++) sends.push(rejected);
    log.append(orders(0, 1));
    await run();
    await elapse(20_000);
    expect(member.doubts).toBeGreaterThan(8);
    expect(member.doubts).toBeLessThan(18);
    expect(home.of('send-doubted')).toHaveLength(1);
    await elapse(30_000);
    expect(output().high).toBe(1);
  });

  test('the same refusal twice halts the partition with its reason', async () => {
    const { orders: log, run, elapse, sends, tenure, home, member } = createStage();
    sends.push(refused, refused);
    log.append(orders(0, 1));
    await run();
    await elapse(1_000);
    expect(tenure.view()).toMatchObject({ state: 'halted', reason: REFUSAL.message });
    expect(home.of('partition-halted')).toMatchObject([{ topic: 'orders', partition: 0, reason: REFUSAL.message }]);
    expect(member.opened).toBe(2);
  });

  test('a refusal that was followed by a success counts anew', async () => {
    const { orders: log, run, elapse, sends, tenure, output } = createStage();
    for (let i = 0; i < 3; i++) {
      sends.push(refused);
      log.append([order(`r-${i}`)]);
      await run();
      await elapse(1_000);
    }
    expect(tenure.view().state).toBe('running');
    expect(output().high).toBe(3);
  });

  test('dead letters are acknowledged before any outcome of their slice is sent', async () => {
    const stage = createStage();
    const { sends, run, world, cluster, output, home } = stage;
    let acknowledge = () => {};
    sends.push(async (append) => {
      await new Promise<void>((resolve) => {
        acknowledge = resolve;
      });
      return append();
    });
    stage.orders.append([order('a'), nonsense('n'), order('b')]);
    await run();
    expect(output().high).toBe(0);
    acknowledge();
    await run();
    expect(output().high).toBe(2);
    expect(world.passed).toEqual(['dead-letters-acknowledged', 'outcomes-acknowledged']);
    const [letter] = cluster.log(TOPICS.deadLetters).records;
    const headers = Object.fromEntries(letter?.headers.map((h) => [h.name, String(h.value)]) ?? []);
    expect(headers).toMatchObject({ 'kafka_dlt-original-offset': '1', 'x-reason': 'not JSON' });
    expect(home.of('records-dead-lettered')).toMatchObject([{ count: 1, reason: 'not JSON' }]);
  });

  test('a slice of malformed records alone moves the position without an outcome', async () => {
    const { orders: log, run, tenure, output, world, elapse } = createStage();
    log.append([order('a'), nonsense(), nonsense()]);
    await run();
    await elapse(50);
    expect(output().high).toBe(1);
    expect(tenure.due(world.now())).toEqual({ offset: 3, metadata: metadataOf(0) });
  });

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

  test('leaves out what lies before its position', async () => {
    const { orders: log, run, tenure, output } = createStage();
    log.append(orders(0, 10));
    await run();
    tenure.take(log.from(3, 4), 10);
    tenure.take(log.from(0), 10);
    await run();
    expect(output().high).toBe(10);
    expect(readOutcomes(output()).redelivered).toBe(0);
  });

  test('a jump over records that retention has removed begins again from the log', async () => {
    const { orders: log, run, elapse, member, output, tenure } = createStage({ fetch: 5 });
    log.append(orders(0, 5));
    await run();
    member.isHeld = true;
    log.append(orders(5, 30));
    log.removeBelow(20);
    member.isHeld = false;
    await run();
    await elapse(1_000);
    expect(tenure.view()).toMatchObject({ state: 'running', position: 30 });
    expect(output().high).toBe(15);
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

  test('one stuck partition does not stop another', async () => {
    const cluster = new MemoryCluster();
    const stuck = createStage({ cluster, partition: 0 });
    const other = createStage({ cluster, partition: 1 });
    stuck.sends.push(() => new Promise<number>(() => {}));
    for (const stage of [stuck, other]) stage.orders.append(orders(0, 10));
    await stuck.run();
    await other.run();
    expect(stuck.output().high).toBe(0);
    expect(other.output().high).toBe(10);
  });
});
