import { describe, expect, test } from 'vitest';
import { createEventStore } from '../../src/engine/store.ts';
import { createFakeClock } from './fake-clock.ts';
import { PIPELINE } from './fake-cluster.ts';
import { inventoryDigest } from './fake-hall.ts';

function fresh() {
  const clock = createFakeClock();
  const events = createEventStore({ pipeline: PIPELINE, clock });
  let commits = 0;
  events.store.subscribe(() => commits++);
  events.emit({ type: 'worker-spawned', slot: 'inventory/1', incarnation: 1, why: 'start' });
  return { clock, events, commits: () => commits };
}

const digest = (reserved: number) => ({ type: 'digest-arrived', digest: inventoryDigest({ reserved }) }) as const;

describe('store', () => {
  test('a fact is shown at once, digests at most ten times a second', async () => {
    const { clock, events, commits } = fresh();
    const before = commits();
    for (let ms = 0; ms < 1000; ms += 10) {
      events.emit(digest(ms));
      await clock.advance(10);
    }
    expect(commits() - before).toBeGreaterThanOrEqual(9);
    expect(commits() - before).toBeLessThanOrEqual(11);
    const shown = commits();
    events.emit({ type: 'mark-set' });
    expect(commits()).toBe(shown + 1);
  });

  test('the last digest of a burst is shown without another event', async () => {
    const { clock, events } = fresh();
    for (let n = 1; n <= 5; n++) events.emit(digest(n));
    await clock.advance(100);
    expect(events.store.getState().workers['inventory/1']?.digest).toMatchObject({ reserved: 5 });
    expect(clock.pending()).toBe(0);
  });

  test('an event that changes nothing is no commit', async () => {
    const { clock, events, commits } = fresh();
    const before = commits();
    events.emit({ type: 'digest-arrived', digest: inventoryDigest({ incarnation: 7 }) });
    await clock.advance(1000);
    // Only the knobs noticed that a worker told its revision.
    expect(commits() - before).toBeLessThanOrEqual(1);
  });

  test('listeners hear every event in order, and find it in the store when it is a fact', () => {
    const { events } = fresh();
    const heard: string[] = [];
    const unhear = events.onEvent((event) => {
      const last = events.store.getState().log.at(-1);
      heard.push(`${event.type} ${last === event}`);
    });
    events.emit({ type: 'mark-set' });
    events.emit(digest(1));
    unhear();
    events.emit({ type: 'mark-set' });
    expect(heard).toEqual(['mark-set true', 'digest-arrived false']);
  });

  test('the log keeps the last thousand events and no samples', () => {
    const { events } = fresh();
    for (let n = 0; n < 1500; n++) events.emit({ type: 'group-lost', slot: 'inventory/1', reason: String(n) });
    events.emit(digest(1));
    const { log } = events.store.getState();
    expect(log).toHaveLength(1000);
    expect(log.at(-1)).toMatchObject({ reason: '1499' });
    expect(log.at(0)).toMatchObject({ reason: '500' });
  });

  test('the state is plain JSON', () => {
    const { events } = fresh();
    events.emit(digest(1));
    events.commit();
    const state = events.store.getState();
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  });
});
