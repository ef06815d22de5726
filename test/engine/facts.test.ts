import { describe, expect, test } from 'vitest';
import { allFacts, FACTS, findFact } from '../../src/engine/facts.ts';
import { initialState, type State } from '../../src/engine/state.ts';
import { PIPELINE } from './fake-cluster.ts';
import { analyticsDigest, createFakeEngine, NO_TOTALS, views } from './fake-hall.ts';

/** The facts that scripts are promised, with their types. */
const PROMISED = {
  count: [
    ...'total_orders distinct_orders total_reservations failed_reservations pending duplicate_orders'.split(' '),
    ...'redelivered repeated_decisions conflicts foreign legacy cross_partition_duplicates malformed'.split(' '),
    ...'dead_letters lag lag.inventory lag.some.group position_lag.analytics members.inventory rebalances'.split(' '),
    ...'workers.inventory workers.analytics workers.load restarts'.split(' '),
    ...'load.produced load.errors load.unknown load.late since.total_orders since.lag.inventory'.split(' '),
  ],
  fraction: ['failure_rate', 'since.failure_rate'],
  duration: ['behind.inventory', 'latency.p50', 'latency.p99', 'publish.p50', 'publish.p99'],
  rate: ['rate.orders', 'rate.reservations'],
  text: ['state.inventory', 'audit'],
} as const;

describe('facts', () => {
  test('every fact that scripts are promised is there with its type', () => {
    for (const [type, names] of Object.entries(PROMISED)) {
      for (const name of names) expect([name, findFact(name)?.type]).toEqual([name, type]);
    }
  });

  test('a name that is no fact is not found', () => {
    const wrong = ['', 'orders', 'lag.', '.lag', 'workers.cooks', 'since.', 'since.audit', 'rate.beer', 'latency'];
    expect(wrong.filter((name) => findFact(name))).toEqual([]);
    expect(findFact('since.since.lag')).toBeUndefined();
  });

  test('every row has help, and every plain row a value before anything happened', () => {
    const state = initialState(PIPELINE, 0);
    for (const row of FACTS) expect(row.help).not.toBe('');
    const plain = FACTS.filter((row) => !/[A-Z]/.test(row.name)).map((row) => findFact(row.name)?.select(state));
    expect(plain).not.toContain(undefined);
  });

  test('inventory and analytics stand for our groups, other names are taken verbatim after the first dot', () => {
    const base = initialState(PIPELINE, 0);
    const group = (groupId: string, lag: number) => ({ groupId, lag }) as State['groups'][string];
    const groups = { 'inventory-service-group': group('i', 7), 'a.b.c': group('a', 3) };
    const state = { ...base, groups };
    expect(findFact('lag.inventory')?.select(state)).toBe(7);
    expect(findFact('lag.inventory-service-group')?.select(state)).toBe(7);
    expect(findFact('lag.a.b.c')?.select(state)).toBe(3);
    expect(findFact('lag')?.select(state)).toBe(7);
    expect(findFact('lag.unknown')?.select(state)).toBeUndefined();
  });

  test('since counts from the mark; a failure rate since the mark is that of the outcomes since then', async () => {
    const { events, engine } = createFakeEngine();
    const fold = (orders: number, reserved: number, failed: number) => {
      const rate = failed / reserved;
      const counts = { total_orders: orders, total_reservations: reserved, failed_reservations: failed };
      const totals = { ...NO_TOTALS, ...counts, failure_rate: rate };
      events.emit({ type: 'digest-arrived', digest: analyticsDigest({ totals, partitions: views(0, 0) }) });
      events.commit();
    };
    fold(10, 10, 10);
    expect(() => engine.fact('since.total_orders')).toThrow('nothing is known of since.total_orders');
    await engine.dispatch({ verb: 'mark' });
    expect(engine.fact('since.total_orders')).toBe(0);
    expect(engine.fact('since.failure_rate')).toBe(0);
    fold(30, 30, 15);
    expect(engine.fact('since.total_orders')).toBe(20);
    expect(engine.fact('since.failure_rate')).toBe(0.25);
    expect(engine.fact('since.lag.inventory')).toBe(0);
    await engine.close();
  });

  test('all facts hold those of our groups under their short and their full names', () => {
    const { events } = createFakeEngine();
    events.emit({ type: 'groups-sampled', groups: [sample('inventory-service-group')] });
    events.commit();
    const facts = allFacts(events.store.getState());
    expect(facts).toMatchObject({ 'lag.inventory': 0, 'lag.inventory-service-group': 0, 'state.inventory': 'Stable' });
    expect(facts).toMatchObject({ 'workers.inventory': 1, 'workers.load': 0, restarts: 0, audit: 'none' });
  });
});

function sample(groupId: string) {
  return { groupId, state: 'Stable', protocol: '', members: [], partitions: [] };
}
