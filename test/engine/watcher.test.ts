import { describe, expect, test } from 'vitest';
import { createEventStore } from '../../src/engine/store.ts';
import { createWatcher } from '../../src/engine/watcher.ts';
import { createFakeClock, settle } from './fake-clock.ts';
import { createFakeCluster, GROUPS, PIPELINE, TOPICS } from './fake-cluster.ts';

function watched() {
  const clock = createFakeClock();
  const cluster = createFakeCluster();
  const events = createEventStore({ pipeline: PIPELINE, clock });
  const watcher = createWatcher({ cluster, events, clock });
  const heard: string[] = [];
  events.onEvent((event) => heard.push(event.type));
  const group = (id: string) => events.store.getState().groups[id];
  const looks = () => heard.filter((type) => type === 'groups-sampled').length;
  return { clock, cluster, events, watcher, heard, group, looks };
}

describe('watcher', () => {
  test('committed offsets are asked for before ends', async () => {
    const { cluster, watcher } = watched();
    await watcher.fresh();
    const { calls } = cluster;
    expect(calls.lastIndexOf('committed')).toBeLessThan(calls.indexOf('watermarks'));
  });

  test('our groups show their lag; what was never committed is the whole partition', async () => {
    const { cluster, watcher, group } = watched();
    cluster.append(TOPICS.orders, 0, 10);
    cluster.append(TOPICS.inventoryEvents, 1, 4);
    cluster.commit(GROUPS.inventory, TOPICS.orders, [7, 0, 0]);
    await watcher.fresh();
    expect(group(GROUPS.inventory)?.lag).toBe(3);
    expect(group(GROUPS.analytics)?.lag).toBe(14);
  });

  test('at rest it looks once a second, and four times while records wait', async () => {
    const { clock, cluster, watcher, looks } = watched();
    await watcher.start();
    await clock.advance(5000);
    expect(looks()).toBe(6);
    cluster.append(TOPICS.orders, 0, 1);
    await clock.advance(6000);
    expect(looks()).toBeGreaterThan(24);
    watcher.close();
    expect(clock.pending()).toBe(0);
  });

  test('somebody who waits makes it look more often until they are done', async () => {
    const { clock, watcher, looks } = watched();
    await watcher.start();
    const calm = watcher.hurry();
    await clock.advance(2000);
    expect(looks()).toBe(9);
    calm();
    await clock.advance(4250);
    expect(looks()).toBeLessThanOrEqual(14);
    watcher.close();
  });

  test('a cluster that is away is told once, the last values stay, and its return is told', async () => {
    const { clock, cluster, watcher, events, heard, group } = watched();
    cluster.append(TOPICS.orders, 0, 10);
    await watcher.start();
    cluster.away = true;
    await clock.advance(10_000);
    expect(heard.filter((type) => type === 'cluster-lost')).toHaveLength(1);
    expect(events.store.getState().cluster).toMatchObject({ state: 'away', reason: 'nothing listens there' });
    expect(group(GROUPS.inventory)?.lag).toBe(10);
    await expect(watcher.fresh()).rejects.toMatchObject({ code: 'KAFKA_UNREACHABLE' });
    cluster.away = false;
    await clock.advance(1000);
    expect(heard.filter((type) => type === 'cluster-found')).toHaveLength(1);
    watcher.close();
  });

  test('a fresh look begins after the call, and callers share it', async () => {
    const { cluster, watcher, looks, group } = watched();
    const first = watcher.fresh();
    cluster.append(TOPICS.orders, 0, 1);
    await Promise.all([first, watcher.fresh(), watcher.fresh()]);
    expect(looks()).toBe(2);
    expect(group(GROUPS.inventory)?.lag).toBe(1);
  });

  test('a cluster that never answers is away after five seconds', async () => {
    const { clock, cluster, watcher, events } = watched();
    cluster.describe = () => new Promise(() => {});
    const look = watcher.fresh();
    look.catch(() => {});
    await clock.advance(5000);
    await expect(look).rejects.toMatchObject({ code: 'KAFKA_UNREACHABLE' });
    expect(events.store.getState().cluster.state).toBe('away');
  });

  test('a group that is not ours shows what it has committed, and no more', async () => {
    const { cluster, watcher, group } = watched();
    cluster.append(TOPICS.orders, 0, 10);
    cluster.append(TOPICS.orders, 1, 10);
    cluster.commits.set(`theirs ${TOPICS.orders}/0`, 4);
    watcher.include('theirs');
    await watcher.fresh();
    expect(group('theirs')).toMatchObject({ lag: 6, partitions: [{ partition: 0 }] });
  });

  test('dead letters are counted once each, whatever was written again after a crash', async () => {
    const { cluster, watcher, events } = watched();
    const letter = (offset: number) =>
      cluster.sender(TOPICS.deadLetters, 0).send([
        {
          key: null,
          value: 'x',
          timestamp: 0,
          headers: { 'kafka_dlt-original-topic': 'orders', 'kafka_dlt-original-offset': String(offset) },
        },
      ]);
    for (const offset of [3, 5, 3, 5, 8]) await letter(offset);
    await watcher.fresh();
    expect(events.store.getState().topics.deadLetters).toBe(3);
    for (const offset of [8, 9]) await letter(offset);
    await watcher.fresh();
    await settle();
    expect(events.store.getState().topics.deadLetters).toBe(4);
  });
});
