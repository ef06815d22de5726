import { describe, expect, test } from 'vitest';
import { GROUPS, TOPICS } from '../fake-cluster.ts';
import { analyticsDigest, createFakeEngine, NO_TOTALS, views } from '../fake-hall.ts';

describe('lag', () => {
  test('it is asked for anew, and aligned by partition', async () => {
    const { engine, cluster } = createFakeEngine();
    cluster.append(TOPICS.orders, 0, 1200);
    cluster.commit(GROUPS.inventory, TOPICS.orders, [200, 0]);
    const { text, data } = await engine.dispatch({ verb: 'lag', group: 'inventory' });
    expect(text).toEqual([
      'inventory-service-group: Stable, 1 member, lag 1,000, ok',
      '  topic   p  current    end    lag  in/s  out/s  behind  ETA  owner     state',
      '  orders  0      200  1,200  1,000     -      -            -  client-0  ok',
      '  orders  1        0      0      0     -      -               client-0  ok',
      '  orders  2        -      0      0     -      -               client-0  ok',
    ]);
    expect(data).toMatchObject([{ groupId: GROUPS.inventory, lag: 1000, partitions: [{ committed: 200 }, {}, {}] }]);
  });

  test('without a group it is ours', async () => {
    const { engine } = createFakeEngine();
    const { text } = await engine.dispatch({ verb: 'lag' });
    expect(text.filter((line) => /^\S/.test(line))).toHaveLength(2);
  });
});

describe('metrics, topics, groups and members', () => {
  test('metrics are flushed and shown with their units', async () => {
    const { engine, supervisor, events } = createFakeEngine();
    const counts = {
      total_orders: 12_000,
      total_reservations: 10_000,
      failed_reservations: 2512,
      failure_rate: 0.2512,
    };
    const totals = { ...NO_TOTALS, ...counts, orders_per_minute: { '2026-01-01T00:00': 12_000 } };
    supervisor.onFlush = () => {
      events.emit({ type: 'digest-arrived', digest: analyticsDigest({ totals, partitions: views(0, 0) }) });
    };
    const { text, data } = await engine.dispatch({ verb: 'metrics' });
    expect(data).toMatchObject({ total_orders: 12_000, failure_rate: 0.2512, audit: 'none', orders_per_minute: {} });
    expect(text.find((line) => line.startsWith('total_orders'))).toMatch(/ 12,000$/);
    expect(text.find((line) => line.startsWith('failure_rate'))).toMatch(/ 25\.12%$/);
    expect(text.slice(-2)).toEqual(['orders by minute:', '  2026-01-01T00:00  12,000']);
  });

  test('topics show watermarks', async () => {
    const { engine, cluster } = createFakeEngine();
    cluster.append(TOPICS.orders, 2, 3);
    const { text } = await engine.dispatch({ verb: 'topics' });
    expect(text[0]).toBe('topic             p  low  high  records');
    expect(text[3]).toBe('orders            2    0     3        3');
  });

  test('groups show state and members, members their assignment', async () => {
    const { engine, cluster } = createFakeEngine();
    cluster.states.set(GROUPS.inventory, { state: 'Empty', members: 0 });
    expect((await engine.dispatch({ verb: 'groups' })).text).toEqual([
      'group                    state   protocol            members',
      'inventory-service-group  Empty   RoundRobinAssigner        0',
      'analytics-group          Stable  RoundRobinAssigner        1',
    ]);
    const { text } = await engine.dispatch({ verb: 'members' });
    expect(text[1]).toBe('inventory-service-group  -                     no members, Empty');
    expect(text[2]).toContain('orders/0,1,2 inventory-events/0,1,2');
  });
});

describe('audit', () => {
  test('a log that says what the workers say is clean, and the fact says so', async () => {
    const { engine } = createFakeEngine();
    const { data, text } = await engine.dispatch({ verb: 'audit' });
    expect(data).toMatchObject({ clean: true });
    expect(text[0]).toBe('clean: 0 records read, the workers say the same');
    expect(engine.fact('audit')).toBe('clean');
  });

  test('a counter that the log does not bear out makes it dirty, with both numbers', async () => {
    const { engine, supervisor, events } = createFakeEngine();
    const totals = { ...NO_TOTALS, total_orders: 3 };
    supervisor.onFlush = () => {
      events.emit({ type: 'digest-arrived', digest: analyticsDigest({ totals, partitions: views(0, 0) }) });
    };
    const { text } = await engine.dispatch({ verb: 'audit' });
    expect(text).toContain('  total_orders: the workers say 3, the log says 0');
    expect(engine.fact('audit')).toBe('dirty');
  });
});
