import { afterEach, describe, expect, test } from 'vitest';
import type { LoadPlan } from '../../src/workers/messages.ts';
import { realWorld } from '../../src/workers/world.ts';
import { createFakeWorld, type FakeWorld, settle } from './fake-world.ts';
import { type Hall, openHall } from './hall.ts';

const PLAN: LoadPlan = { run: 'r', rate: 'max', shape: 'steady', duplicates: 0, malformed: 0, hot: 0 };

let hall: Hall;
afterEach(() => hall.supervisor.close());

/** Moves a fake clock while real threads do their part. */
async function elapseUntil<T>(world: FakeWorld, awaited: Promise<T>): Promise<T> {
  let isOver = false;
  const over = awaited.finally(() => {
    isOver = true;
  });
  over.catch(() => {});
  while (!isOver) {
    await world.elapse(100);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return over;
}

describe('the supervisor', () => {
  test('brings workers up and says when each is ready', async () => {
    hall = openHall();
    await hall.supervisor.scale('inventory', 2);
    expect(hall.supervisor.slots()).toEqual(['inventory/1', 'inventory/2']);
    expect(hall.count('worker-ready')).toBe(2);
    expect(hall.members.remembered.sort()).toEqual([
      'inventory/1-1-of-inventory-group',
      'inventory/2-1-of-inventory-group',
    ]);
    expect(hall.events.at(-1)).toMatchObject({ type: 'workers-scaled', kind: 'inventory', count: 2 });
  });

  test('takes the last ones away when there shall be fewer, and they leave by themselves', async () => {
    hall = openHall();
    await hall.supervisor.scale('inventory', 3);
    await hall.supervisor.scale('inventory', 1);
    expect(hall.supervisor.slots()).toEqual(['inventory/1']);
    expect(hall.members.forgotten.sort()).toEqual([
      'inventory/2-1-of-inventory-group',
      'inventory/3-1-of-inventory-group',
    ]);
    expect(hall.members.left).toEqual([]);
    expect(hall.count('worker-removed')).toBe(2);
    await hall.supervisor.scale('inventory', 2);
    expect(hall.supervisor.slots()).toEqual(['inventory/1', 'inventory/2']);
  });

  test('a killed worker is replaced at once, and its member is left for', async () => {
    hall = openHall();
    await hall.supervisor.scale('inventory', 1);
    await hall.supervisor.kill('inventory/1', false);
    await hall.seen('worker-ready', (e) => e.incarnation === 2);
    await hall.seen('member-left');
    expect(hall.members.left).toEqual(['inventory/1-1-of-inventory-group']);
    expect(hall.count('worker-died')).toBe(0);
    expect(await hall.seen('worker-killed')).toMatchObject({ incarnation: 1, silent: false });
  });

  test('nobody leaves for a worker that was killed silently', async () => {
    hall = openHall();
    await hall.supervisor.scale('inventory', 1);
    await hall.supervisor.kill('inventory/1', true);
    await hall.seen('worker-ready', (e) => e.incarnation === 2);
    expect(hall.members).toMatchObject({ left: [], forgotten: [] });
  });

  test('a worker that dies by itself is replaced with its reason told, and ever later', async () => {
    const world = createFakeWorld();
    hall = openHall({ how: 'dies-twice', world });
    await expect(hall.supervisor.scale('inventory', 1)).rejects.toThrow('death 1');
    await elapseUntil(world, hall.seen('worker-ready'));
    const deaths = hall.events.filter((e) => e.type === 'worker-died');
    expect(deaths).toMatchObject([
      { reason: 'death 1', retryInMs: 0, error: { code: 'WORKER_FAILED' } },
      { reason: 'death 2', retryInMs: 250 },
    ]);
    expect(hall.events.filter((e) => e.type === 'worker-spawned').map((e) => e.why)).toEqual([
      'asked for',
      'replaces incarnation 1',
      'replaces incarnation 2',
    ]);
  });

  test('a worker that the cluster refuses again and again stays down with its sentence, until it is started', async () => {
    const world = createFakeWorld();
    hall = openHall({ how: 'is-refused', world });
    const refused = { code: 'KAFKA_REFUSED', message: 'the user needs Read on Group g', fix: 'kafka-acls' };
    await expect(hall.supervisor.scale('inventory', 1)).rejects.toMatchObject(refused);
    await elapseUntil(
      world,
      hall.seen('worker-died', (e) => e.incarnation === 3),
    );
    const deaths = hall.events.filter((e) => e.type === 'worker-died');
    expect(deaths.map(({ retryInMs }) => retryInMs)).toEqual([0, 250, null]);
    expect(deaths.at(-1)).toMatchObject({ error: refused });
    await world.elapse(60_000);
    expect(hall.count('worker-spawned')).toBe(3);
    await hall.supervisor.start('inventory/1');
    expect(hall.count('worker-ready')).toBe(1);
  });

  test('a worker that lived long is replaced at once again', async () => {
    const world = createFakeWorld();
    hall = openHall({ world });
    await hall.supervisor.scale('analytics', 1);
    for (let incarnation = 1; incarnation <= 3; incarnation++) {
      await world.stall(31_000);
      const refused = hall.supervisor.ask('analytics/1', { type: 'start-replay', from: { type: 'beginning' } });
      await expect(refused).rejects.toThrow('died of a question');
      expect(await hall.seen('worker-died', (e) => e.incarnation === incarnation)).toMatchObject({ retryInMs: 0 });
      await elapseUntil(
        world,
        hall.seen('worker-ready', (e) => e.incarnation === incarnation + 1),
      );
    }
  });

  test('a stopped worker stays down until it is started', async () => {
    hall = openHall();
    await hall.supervisor.scale('inventory', 1);
    await hall.supervisor.stop('inventory/1');
    expect(hall.events.at(-1)).toMatchObject({ type: 'worker-stopped' });
    expect(hall.members.forgotten).toHaveLength(1);
    await expect(hall.supervisor.pause('inventory/1')).rejects.toMatchObject({
      code: 'COMMAND_REFUSED',
      fix: 'start inventory/1',
    });
    await hall.supervisor.stop('inventory/1');
    await hall.supervisor.start('inventory/1');
    expect(hall.count('worker-ready')).toBe(2);
  });

  test('a worker that does not stop in time is ended, and its member is left for', async () => {
    const world = createFakeWorld();
    hall = openHall({ how: 'will-not-stop', world });
    await hall.supervisor.scale('inventory', 1);
    await elapseUntil(world, hall.supervisor.stop('inventory/1'));
    expect(hall.members.left).toEqual(['inventory/1-1-of-inventory-group']);
    expect(hall.members.forgotten).toEqual([]);
    expect(hall.count('worker-spawned')).toBe(1);
  });

  test('a pause outlives the thread', async () => {
    hall = openHall();
    await hall.supervisor.scale('inventory', 1);
    await hall.supervisor.pause('inventory/1');
    await hall.supervisor.kill('inventory/1', false);
    await hall.seen('digest-arrived', (e) => e.digest.incarnation === 2 && e.digest.state === 'paused');
    await hall.seen('worker-ready', (e) => e.incarnation === 2);
    await hall.supervisor.resume('inventory/1');
    await hall.supervisor.flush();
    expect(hall.events.filter((e) => e.type === 'digest-arrived').at(-1)).toMatchObject({
      digest: { state: 'running' },
    });
  });

  test('analytics that is replaced in the middle of a load still knows whose orders it measures', async () => {
    hall = openHall();
    await hall.supervisor.scale('analytics', 1);
    await hall.supervisor.startLoad(PLAN);
    await hall.supervisor.kill('analytics/1', false);
    await hall.seen('worker-ready', (e) => e.slot === 'analytics/1' && e.incarnation === 2);
    await hall.supervisor.flush();
    const told = hall.seen('digest-arrived', (e) => e.digest.slot === 'analytics/1' && e.digest.incarnation === 2);
    expect(await told).toMatchObject({ digest: { run: PLAN.run } });
  });

  test('turned knobs are applied by all, also by those that die meanwhile', async () => {
    hall = openHall();
    await hall.supervisor.scale('inventory', 2);
    const killed = hall.supervisor.kill('inventory/2', false);
    await hall.supervisor.turn({ failRate: 0.5 });
    await killed;
    const applied = (slot: string) =>
      hall.events.some(
        (e) =>
          e.type === 'digest-arrived' &&
          e.digest.slot === slot &&
          'appliedRevision' in e.digest &&
          e.digest.appliedRevision === 2,
      );
    expect([applied('inventory/1'), applied('inventory/2')]).toEqual([true, true]);
    expect(await hall.seen('knobs-set')).toMatchObject({ knobs: { revision: 2, failRate: 0.5, throttleMs: 0 } });
  });

  test('knobs wait for no worker that is stopped while it is down', async () => {
    const world = createFakeWorld();
    hall = openHall({ how: 'dies-at-start', world });
    await expect(hall.supervisor.scale('inventory', 1)).rejects.toThrow('no stock at all');
    const turned = hall.supervisor.turn({ throttleMs: 5 });
    await settle();
    await hall.supervisor.stop('inventory/1');
    await turned;
  });

  test('a question is answered, refused with its error, or rejected when the thread dies of it', async () => {
    hall = openHall();
    await hall.supervisor.scale('analytics', 1);
    const from = { type: 'beginning' } as const;
    expect(await hall.supervisor.ask('analytics/1', { type: 'measure-load', run: 'r' })).toBeNull();
    const refusal = hall.supervisor.ask('analytics/1', { type: 'preview-replay', from });
    await expect(refusal).rejects.toMatchObject({ code: 'COMMAND_REFUSED', message: 'not now', fix: 'later' });
    const deadly = hall.supervisor.ask('analytics/1', { type: 'start-replay', from });
    await expect(deadly).rejects.toMatchObject({ code: 'WORKER_FAILED' });
    await hall.seen('worker-ready', (e) => e.incarnation === 2);
  });

  test('a hung thread is ended after half a session and replaced', async () => {
    const world = createFakeWorld();
    hall = openHall({ world });
    await hall.supervisor.scale('inventory', 1);
    await hall.supervisor.hang('inventory/1', 60_000);
    await elapseUntil(world, hall.seen('worker-hung'));
    expect(await hall.seen('worker-died')).toMatchObject({ reason: 'it hung', incarnation: 1 });
    expect((await hall.seen('worker-hung')).silentForMs).toBeLessThan(6_000);
    await elapseUntil(
      world,
      hall.seen('worker-ready', (e) => e.incarnation === 2),
    );
    expect(hall.members.left).toEqual(['inventory/1-1-of-inventory-group']);
  });

  test('when the main thread itself stood still, silence proves nothing', async () => {
    const world = createFakeWorld();
    hall = openHall({ world });
    await hall.supervisor.scale('inventory', 1);
    await world.stall(3_600_000);
    await hall.supervisor.flush();
    expect(hall.count('worker-hung')).toBe(0);
  });

  test('what a thread prints becomes a fact', async () => {
    hall = openHall({ how: 'prints' });
    await hall.supervisor.scale('inventory', 1);
    expect(await hall.seen('output-printed')).toMatchObject({ stream: 'stdout', text: 'hello from inventory/1\n' });
  });

  test('a second load is refused while one runs, and harms it not', async () => {
    hall = openHall();
    const both = await Promise.allSettled([hall.supervisor.startLoad(PLAN), hall.supervisor.startLoad(PLAN)]);
    expect(both.map((r) => r.status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(hall.supervisor.startLoad(PLAN)).rejects.toMatchObject({ code: 'COMMAND_REFUSED', fix: 'stop load' });
    await hall.supervisor.stopLoad();
    await hall.supervisor.startLoad(PLAN);
    expect(hall.count('load-started')).toBe(2);
    expect(hall.count('worker-died')).toBe(0);
  });

  test('to stop a load that does not run is nothing', async () => {
    hall = openHall();
    await hall.supervisor.stopLoad();
    await hall.supervisor.startLoad(PLAN);
    await hall.supervisor.stopLoad();
    expect(hall.count('load-finished')).toBe(1);
    await hall.supervisor.stopLoad();
    expect(hall.count('load-finished')).toBe(1);
  });

  test('who asks for a worker that is not there learns which are', async () => {
    hall = openHall();
    await hall.supervisor.scale('inventory', 1);
    expect(() => hall.supervisor.stop('inventory/7')).toThrow('there is no worker inventory/7');
  });

  test('closing ends all, within the deadline of a stop', async () => {
    const world = createFakeWorld();
    hall = openHall({ how: 'will-not-stop', world });
    await hall.supervisor.scale('inventory', 2);
    const start = world.now();
    await elapseUntil(world, hall.supervisor.close());
    expect(world.now() - start).toBeLessThan(13_000);
    expect(hall.count('worker-stopped')).toBe(2);
  });

  test('under the real clock, close leaves no timer behind', async () => {
    hall = openHall({ world: realWorld() });
    await hall.supervisor.scale('inventory', 1);
    await hall.supervisor.close();
    expect(hall.count('worker-stopped')).toBe(1);
  });
});
