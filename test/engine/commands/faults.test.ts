import { describe, expect, test } from 'vitest';
import { settle } from '../fake-clock.ts';
import { GROUPS } from '../fake-cluster.ts';
import { createFakeEngine, inventoryDigest } from '../fake-hall.ts';

describe('pause, resume, start, stop, kill and hang', () => {
  test('a worker is meant by its slot, all of a kind by the kind', async () => {
    const { engine, supervisor } = createFakeEngine();
    await engine.dispatch({ verb: 'pause', target: 'inventory' });
    await engine.dispatch({ verb: 'resume', target: 'inventory/2' });
    await engine.dispatch({ verb: 'start', target: 'analytics' });
    await engine.dispatch({ verb: 'hang', target: 'analytics/1', forMs: 5000 });
    expect(supervisor.told).toEqual([
      'pause inventory/1',
      'pause inventory/2',
      'resume inventory/2',
      'start analytics/1',
      'hang analytics/1 5000',
    ]);
  });

  test('each says what became of whom', async () => {
    const { engine } = createFakeEngine();
    const { text, data } = await engine.dispatch({ verb: 'kill', target: 'inventory/1', silent: true });
    expect(text).toEqual(['inventory/1 was killed; its group waits out the session']);
    expect(data).toEqual({ slots: ['inventory/1'] });
    expect((await engine.dispatch({ verb: 'stop', target: 'inventory/1' })).text).toEqual(['inventory/1 is stopped']);
  });

  test('a worker that is not there is refused, with those that are', async () => {
    const { engine, supervisor } = createFakeEngine();
    await expect(engine.dispatch({ verb: 'kill', target: 'inventory/7', silent: false })).rejects.toMatchObject({
      code: 'COMMAND_REFUSED',
      message: 'there is no worker inventory/7: there are inventory/1, inventory/2, analytics/1',
    });
    await expect(engine.dispatch({ verb: 'stop', target: 'load' })).rejects.toThrow('no load test is running');
    expect(supervisor.told).toEqual([]);
  });
});

/** An engine without inventory workers of its own, beside two members of another program. */
function besideOthers() {
  const parts = createFakeEngine();
  parts.supervisor.slots = () => ['analytics/1'];
  parts.cluster.states.set(GROUPS.inventory, { state: 'Stable', members: 2 });
  return parts;
}

describe('workers of other programs', () => {
  test('are not ours to end or to turn, and named where that is tried', async () => {
    const { engine, supervisor } = besideOthers();
    await engine.start();
    const named = expect.stringMatching(/not ours.*: inventory-service-group is worked by \S+, \S+$/);
    for (const command of [
      { verb: 'kill', target: 'inventory/1', silent: false },
      { verb: 'pause', target: 'inventory' },
      { verb: 'fail-rate', failRate: 0.3 },
      { verb: 'throttle', throttleMs: 20 },
    ] as const) {
      await expect(engine.dispatch(command)).rejects.toMatchObject({ code: 'COMMAND_REFUSED', message: named });
    }
    expect(supervisor.told).toEqual([]);
    await engine.close();
  });

  test('are listed behind our own', async () => {
    const { engine } = besideOthers();
    await engine.start();
    const { text } = await engine.dispatch({ verb: 'workers' });
    const foreign = text.filter((line) => line.startsWith("another program's, in inventory-service-group: "));
    expect(foreign).toHaveLength(2);
    await engine.close();
  });

  test('may come and go while ours are scaled', async () => {
    const { engine, cluster, clock, events } = createFakeEngine();
    const member = (n: number) => `${GROUPS.inventory}-${n}`;
    cluster.states.set(GROUPS.inventory, { state: 'PreparingRebalance', members: 2 });
    const scaled = engine.dispatch({ verb: 'workers', kind: 'inventory', count: 1 });
    events.emit({ type: 'digest-arrived', digest: inventoryDigest({ memberId: member(0) }) });
    cluster.states.set(GROUPS.inventory, { state: 'Stable', members: 4 });
    await clock.advance(500);
    expect((await scaled).text).toEqual(['1 inventory worker, group stable']);
  });
});

describe('knobs', () => {
  test('they end when every worker says that it applies them', async () => {
    const { engine, supervisor } = createFakeEngine();
    let confirm = () => {};
    supervisor.turn = () => new Promise((resolve) => (confirm = resolve));
    let ended = false;
    const turned = engine.dispatch({ verb: 'fail-rate', failRate: 0.3 }).finally(() => (ended = true));
    await settle();
    expect(ended).toBe(false);
    confirm();
    expect((await turned).text).toEqual(['fail rate is 30.00%']);
    supervisor.turn = async () => {};
    const throttled = await engine.dispatch({ verb: 'throttle', throttleMs: 20 });
    expect(throttled.text).toEqual(['throttle is 20 ms an order']);
  });
});

describe('broker', () => {
  test('one that is not ours is refused', async () => {
    const { engine } = createFakeEngine();
    await expect(engine.dispatch({ verb: 'broker', action: 'kill' })).rejects.toMatchObject({
      code: 'COMMAND_REFUSED',
      message: 'the broker at 127.0.0.1:1 is not ours to kill',
    });
  });

  test('ours is stopped, started and killed', async () => {
    const told: string[] = [];
    const act = (what: string) => async () => void told.push(what);
    const broker = { stop: act('stop'), start: act('start'), kill: act('kill') };
    const { engine } = createFakeEngine({ broker });
    for (const action of ['stop', 'start', 'kill'] as const) await engine.dispatch({ verb: 'broker', action });
    expect(told).toEqual(['stop', 'start', 'kill']);
  });
});

describe('workers', () => {
  test('scaling ends when the group is stable with that many', async () => {
    const { engine, supervisor, cluster, clock, events } = createFakeEngine();
    cluster.states.set(GROUPS.inventory, { state: 'PreparingRebalance', members: 1 });
    let ended = false;
    const scaled = engine.dispatch({ verb: 'workers', kind: 'inventory', count: 2 }).finally(() => (ended = true));
    await clock.advance(500);
    expect(supervisor.told).toEqual(['scale inventory 2']);
    cluster.states.set(GROUPS.inventory, { state: 'Stable', members: 2 });
    await clock.advance(500);
    expect(ended).toBe(false);
    events.emit({ type: 'worker-spawned', slot: 'inventory/2', incarnation: 1, why: 'scaled' });
    events.emit({ type: 'worker-ready', slot: 'inventory/2', incarnation: 1, forMs: 1 });
    const member = (n: number) => `${GROUPS.inventory}-${n}`;
    events.emit({ type: 'digest-arrived', digest: inventoryDigest({ memberId: member(0) }) });
    events.emit({ type: 'digest-arrived', digest: inventoryDigest({ slot: 'inventory/2', memberId: '' }) });
    await clock.advance(500);
    expect(ended, 'before the new worker has said which member it is').toBe(false);
    events.emit({ type: 'digest-arrived', digest: inventoryDigest({ slot: 'inventory/2', memberId: member(1) }) });
    await clock.advance(500);
    expect((await scaled).text).toEqual(['2 inventory workers, group stable']);
  });

  test('a group that never gets stable is given up after a minute, and says so', async () => {
    const { engine, cluster, clock } = createFakeEngine();
    cluster.states.set(GROUPS.inventory, { state: 'PreparingRebalance', members: 0 });
    const scaled = engine.dispatch({ verb: 'workers', kind: 'inventory', count: 2 });
    scaled.catch(() => {});
    await clock.advance(61_000);
    await expect(scaled).rejects.toMatchObject({
      code: 'TIMED_OUT',
      message: 'inventory-service-group is not stable with 2 members',
    });
    expect(clock.pending()).toBe(0);
  });

  test('without a count they are printed', async () => {
    const { engine } = createFakeEngine();
    const { text } = await engine.dispatch({ verb: 'workers' });
    expect(text[0]).toContain('worker');
    expect(text[1]).toMatch(/^inventory\/1 +running +0/);
  });
});
