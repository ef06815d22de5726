import { describe, expect, test } from 'vitest';
import type { Fact } from '../../../src/engine/event.ts';
import { reduce } from '../../../src/engine/reduce.ts';
import { countsOf } from '../../../src/engine/reducers/workers.ts';
import { initialState, type State } from '../../../src/engine/state.ts';
import type { Slot } from '../../../src/workers/messages.ts';
import { PIPELINE } from '../fake-cluster.ts';
import { analyticsDigest, inventoryDigest, loadDigest, NO_TOTALS } from '../fake-hall.ts';

const SLOT: Slot = 'inventory/1';

function stateOf(...facts: Fact[]): State {
  return facts.reduce((state, fact) => reduce(state, { ...fact, at: 5 }), initialState(PIPELINE, 0));
}

const spawned = (incarnation: number, slot: Slot = SLOT): Fact => ({
  type: 'worker-spawned',
  slot,
  incarnation,
  why: '',
});
const ready = (incarnation: number, slot: Slot = SLOT): Fact => ({ type: 'worker-ready', slot, incarnation, forMs: 1 });
const killed = (incarnation: number): Fact => ({ type: 'worker-killed', slot: SLOT, incarnation, silent: false });
const counted = (incarnation: number, reserved: number): Fact => ({
  type: 'digest-arrived',
  digest: inventoryDigest({ incarnation, reserved, duplicates: 1 }),
});

describe('workers', () => {
  test('digests replace each other; only the last of each incarnation is summed', () => {
    const state = stateOf(
      spawned(1),
      ready(1),
      counted(1, 5),
      counted(1, 8),
      killed(1),
      spawned(2),
      ready(2),
      counted(2, 3),
    );
    const worker = state.workers[SLOT];
    expect(worker && countsOf(worker)).toMatchObject({ reserved: 11, duplicates: 2 });
  });

  test('a late digest of a dead incarnation is not heard', () => {
    const state = stateOf(spawned(1), counted(1, 8), killed(1), spawned(2), counted(1, 9));
    const worker = state.workers[SLOT];
    expect(worker && countsOf(worker)).toMatchObject({ reserved: 8 });
    expect(worker?.digest).toBeNull();
  });

  test('a thread that replaces a lost one is a restart, one after stop or the first is not', () => {
    expect(stateOf(spawned(1)).restarts).toBe(0);
    expect(stateOf(spawned(1), killed(1), spawned(2)).restarts).toBe(1);
    expect(stateOf(spawned(1), { type: 'worker-stopped', slot: SLOT }, spawned(2)).restarts).toBe(0);
    const gone = stateOf(spawned(1), killed(1), spawned(2), { type: 'worker-removed', slot: SLOT });
    expect(gone).toMatchObject({ restarts: 1, workers: {} });
  });

  test('each generation is one rebalance, however many members tell of it, and in whatever order', () => {
    const joined = (slot: Slot, generation: number): Fact => ({
      type: 'group-joined',
      slot,
      memberId: 'm',
      generation,
      assigned: [],
    });
    const state = stateOf(
      joined(SLOT, 1),
      joined('inventory/2', 2),
      joined(SLOT, 2),
      joined(SLOT, 1),
      joined('analytics/1', 1),
    );
    expect(state.rebalances.count).toBe(3);
  });
});

describe('analytics', () => {
  const told = (total_orders: number, state: 'starting' | 'running', incarnation = 1): Fact => ({
    type: 'digest-arrived',
    digest: analyticsDigest({ incarnation, state, totals: { ...NO_TOTALS, total_orders } }),
  });

  test('totals stay while a new thread is still starting', () => {
    const slot: Slot = 'analytics/1';
    const state = stateOf(spawned(1, slot), told(9, 'running'), spawned(2, slot), told(0, 'starting', 2));
    expect(state.analytics.totals?.total_orders).toBe(9);
  });

  test('a replay runs as long as digests say so, and one that differs stays open until it is settled', () => {
    const replay = {
      phase: 'folding',
      ranges: [],
      folded: 1,
      records: 2,
      held: NO_TOTALS,
      replayed: NO_TOTALS,
    } as const;
    const slot: Slot = 'analytics/1';
    const digest = analyticsDigest({ replay: { ...replay, ranges: [] } });
    const place = { topic: 't', partition: 0, from: 1, to: 2, held: 'a', replayed: 'b', counter: 'c' };
    const verdict = { type: 'different', records: 2, forMs: 1, sentence: 's', ...place } as const;
    const open = stateOf(
      spawned(1, slot),
      { type: 'digest-arrived', digest },
      { type: 'replay-differed', slot, verdict },
    );
    expect(open.replay).toMatchObject({ running: { phase: 'differs' }, last: { type: 'different' } });
    expect(reduce(open, { type: 'replay-undone', slot, at: 6 }).replay.running).toBeNull();
  });
});

describe('load', () => {
  const plan = { run: 'r', count: 10, rate: 'max', shape: 'steady', duplicates: 0, malformed: 0, hot: 0 } as const;
  const started: Fact = { type: 'load-started', slot: 'load/1', plan };

  test('it runs from its start to its end, and its report stays', () => {
    expect(stateOf(started).load).toMatchObject({ running: true, report: null });
    const report = loadDigest({ produced: 10 });
    const done = stateOf(started, { type: 'load-finished', slot: 'load/1', report, stopped: false });
    expect(done.load).toMatchObject({ running: false, stopped: false, report: { produced: 10 } });
  });

  test('it does not outlive its thread', () => {
    const died: Fact = { type: 'worker-died', slot: 'load/1', incarnation: 1, reason: 'r', retryInMs: null };
    expect(stateOf(started, died).load).toMatchObject({ running: false, stopped: true });
  });

  test('digests of an earlier run are not its report', () => {
    const digest = loadDigest({ run: 'before' });
    expect(stateOf(started, { type: 'digest-arrived', digest }).load.report).toBeNull();
  });
});

describe('cluster', () => {
  const up: Fact = { type: 'broker-started', address: 'a:1', embedded: true, attached: false, note: '' };

  test('one that was asked to stop is stopped, whatever fails to reach it', () => {
    const stopped: Fact = { type: 'broker-stopped', asked: true, reason: 'asked to' };
    expect(stateOf(up, stopped, { type: 'cluster-lost', reason: 'gone' }).cluster.state).toBe('stopped');
    expect(stateOf(up, { type: 'cluster-lost', reason: 'gone' }).cluster).toMatchObject({
      state: 'away',
      reason: 'gone',
    });
    const back: Fact = { type: 'cluster-found', awayForMs: 5 };
    expect(stateOf(up, { type: 'cluster-lost', reason: 'gone' }, back).cluster).toMatchObject({
      state: 'up',
      reason: '',
    });
  });
});
