import { describe, expect, test } from 'vitest';
import { faultOfCode, SendDoubt } from '../../../src/kafka/errors.ts';
import { settle } from '../fake-world.ts';
import { MemoryCluster } from '../memory-cluster.ts';
import { order, outcome, TOPICS } from '../orders.ts';
import { readOutcomes } from './reference.ts';
import { createStage, type Send } from './stage.ts';

function orders(from: number, to: number) {
  return Array.from({ length: to - from }, (_, i) => order(`o-${from + i}`));
}
const REFUSAL = new SendDoubt(faultOfCode(10, 'orders/0'));
const DOUBT = new SendDoubt(faultOfCode(7, 'orders/0'));
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

describe('a tenure in doubt', () => {
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
