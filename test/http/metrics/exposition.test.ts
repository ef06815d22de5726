import { describe, expect, test } from 'vitest';
import { METRICS } from '../../../src/http/metrics/table.ts';
import { GROUPS, TOPICS } from '../../engine/fake-cluster.ts';
import { analyticsDigest, loadDigest, NO_TOTALS } from '../../engine/fake-hall.ts';
import { scraped } from './stage.ts';

const totals = (orders: number) => ({ ...NO_TOTALS, total_orders: orders });

describe('exposition', () => {
  test('every row of the table is served, in both formats, as a strict scraper reads them', async () => {
    const { scrape, exposition } = await scraped();
    const rows = Object.values(METRICS).flat();
    const served = (families: Awaited<ReturnType<typeof scrape>>) =>
      [...families].map(([name, { type, help }]) => ({ name, type, help }));
    expect(served(await scrape())).toEqual(rows.map(({ name, type, help }) => ({ name, type, help })));
    const open = rows.map(({ name, type, help }) => ({
      name: type === 'counter' ? name.replace(/_total$/, '') : name,
      type,
      help,
    }));
    const prometheus3 = 'application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.5,*/*;q=0.2';
    expect(served(await scrape(prometheus3))).toEqual(open);
    expect((await exposition.read()).contentType).toBe('text/plain; version=0.0.4; charset=utf-8');
    exposition.close();
  });

  test('one format after the other says the same', async () => {
    const { scrape } = await scraped();
    const before = [...(await scrape()).keys()];
    await scrape('application/openmetrics-text');
    expect([...(await scrape()).keys()]).toEqual(before);
  });

  test('lag and offsets are those of the last look, by group, topic and partition', async () => {
    const { cluster, engine, value } = await scraped();
    cluster.append(TOPICS.orders, 1, 10);
    cluster.commit(GROUPS.inventory, TOPICS.orders, [-1, 7, -1]);
    await engine.refresh(['lag']);
    const at = (partition: number) => `{group="${GROUPS.inventory}",topic="orders",partition="${partition}"}`;
    expect(await value(`lunchrush_group_lag_records${at(1)}`)).toBe(3);
    expect(await value(`lunchrush_group_committed_offset${at(1)}`)).toBe(7);
    expect(await value(`lunchrush_group_committed_offset${at(0)}`)).toBeUndefined();
    expect(await value('lunchrush_topic_records_total{topic="orders",partition="1"}')).toBe(10);
    expect(await value(`lunchrush_group_state{group="${GROUPS.inventory}",state="Stable"}`)).toBe(1);
    expect(await value(`lunchrush_group_state{group="${GROUPS.inventory}",state="Dead"}`)).toBe(0);
  });

  test('while the cluster is away its numbers are absent, and those of the workers stay', async () => {
    const { cluster, clock, events, scrape, value } = await scraped();
    events.emit({ type: 'digest-arrived', digest: analyticsDigest({ totals: totals(5) }) });
    cluster.away = true;
    await clock.advance(2_000);
    const families = await scrape();
    const fromBroker = ['lunchrush_group_lag_records', 'lunchrush_topic_records_total', 'lunchrush_dead_letters_total'];
    for (const name of fromBroker) expect(families.get(name)?.series.size, name).toBe(0);
    expect(await value('lunchrush_cluster_up')).toBe(0);
    expect(await value('lunchrush_orders_total')).toBe(5);
    cluster.away = false;
    await clock.advance(2_000);
    expect(await value('lunchrush_cluster_up')).toBe(1);
    expect((await scrape()).get('lunchrush_group_lag_records')?.series.size).toBe(9);
  });

  test('numbers of a look that is long ago are absent, though nobody has noticed an outage', async () => {
    const { clock, cluster, scrape } = await scraped();
    cluster.describe = () => new Promise(() => {});
    cluster.watermarks = () => new Promise(() => {});
    await clock.advance(4_000);
    expect((await scrape()).get('lunchrush_group_lag_records')?.series.size).toBe(9);
    await clock.advance(20_000);
    expect((await scrape()).get('lunchrush_group_lag_records')?.series.size).toBe(0);
  });

  test('a worker shows whether it is up, what it does and how often it was replaced', async () => {
    const { events, value } = await scraped();
    const at = 'worker="inventory/1",kind="inventory"';
    expect(await value(`lunchrush_worker_up{${at}}`)).toBe(1);
    events.emit({ type: 'worker-died', slot: 'inventory/1', incarnation: 1, reason: 'killed', retryInMs: 100 });
    expect(await value(`lunchrush_worker_up{${at}}`)).toBe(0);
    expect(await value(`lunchrush_worker_state{${at},state="dead"}`)).toBe(1);
    events.emit({ type: 'worker-spawned', slot: 'inventory/1', incarnation: 2, why: 'it died' });
    expect(await value(`lunchrush_worker_restarts_total{${at}}`)).toBe(1);
    expect(await value(`lunchrush_worker_state{${at},state="starting"}`)).toBe(1);
  });

  test('commands are counted by verb and by how they ended', async () => {
    const { engine, value } = await scraped();
    await engine.dispatch({ verb: 'say', text: 'hello' });
    await engine.dispatch({ verb: 'say', text: 'again' });
    await engine.dispatch({ verb: 'broker', action: 'stop' }).catch(() => {});
    expect(await value('lunchrush_commands_total{verb="say",result="finished"}')).toBe(2);
    expect(await value('lunchrush_commands_total{verb="broker",result="failed"}')).toBe(1);
  });
});

describe('requests', () => {
  test('they are counted by route and status, and measured; rubbish makes no series of its own', async () => {
    const { exposition, value, scrape } = await scraped();
    const asked = (method: string, route: string | undefined, status: number, ms = 2) =>
      exposition.answered({ method, route, status, ms });
    asked('POST', '/produce', 200, 3);
    asked('POST', '/produce', 200, 30);
    asked('POST', '/produce', 503);
    for (const method of ['PROPFIND', 'BREW', 'MKCOL']) asked(method, undefined, 404);
    expect(await value('lunchrush_http_requests_total{method="POST",route="/produce",status="200"}')).toBe(2);
    expect(await value('lunchrush_http_requests_total{method="other",route="none",status="404"}')).toBe(3);
    const of = 'method="POST",route="/produce"';
    expect(await value(`lunchrush_http_request_duration_seconds_count{${of}}`)).toBe(3);
    expect(await value(`lunchrush_http_request_duration_seconds_bucket{${of},le="0.005"}`)).toBe(2);
    expect((await scrape()).get('lunchrush_http_requests_total')?.series.size).toBe(3);
  });
});

describe('counters', () => {
  test('what an analytics worker tells lower while it restores does not go down', async () => {
    const { events, value } = await scraped();
    const told = async (orders: number, incarnation: number) => {
      events.emit({ type: 'digest-arrived', digest: analyticsDigest({ totals: totals(orders), incarnation }) });
      return value('lunchrush_orders_total');
    };
    expect(await told(1_000, 1)).toBe(1_000);
    events.emit({ type: 'worker-spawned', slot: 'analytics/1', incarnation: 2, why: 'it died' });
    expect(await told(900, 2)).toBe(1_000);
    expect(await told(1_001, 2)).toBe(1_001);
  });

  test('a topic that is another one now takes its counts down with it', async () => {
    const { events, value } = await scraped();
    const told = async (orders: number) => {
      events.emit({ type: 'digest-arrived', digest: analyticsDigest({ totals: totals(orders) }) });
      return value('lunchrush_orders_total');
    };
    const lost = { type: 'state-recomputed', slot: 'analytics/1', topic: 'orders', reason: 'another topic' } as const;
    expect(await told(1_000)).toBe(1_000);
    events.emit({ ...lost, partition: -1 });
    expect(await told(10)).toBe(1_000);
    events.emit({ ...lost, partition: 0 });
    expect(await value('lunchrush_orders_total')).toBe(1_000);
    expect(await told(10)).toBe(10);
  });

  test('load tests add up, over runs and over threads', async () => {
    const { events, value } = await scraped();
    const told = (run: string, produced: number, incarnation: number) =>
      events.emit({ type: 'digest-arrived', digest: loadDigest({ run, produced, incarnation }) });
    told('a', 10, 1);
    told('a', 25, 1);
    told('b', 5, 1);
    told('c', 7, 2);
    told('b', 6, 1);
    expect(await value('lunchrush_load_records_total{result="acknowledged"}')).toBe(37);
  });

  test('latency is a histogram in seconds that goes on over threads', async () => {
    const { events, value } = await scraped();
    const told = (incarnation: number, counts: number[], sumMs: number) => {
      const endToEnd = { boundsMs: [5, 1_000], counts, sumMs };
      events.emit({ type: 'digest-arrived', digest: analyticsDigest({ incarnation, endToEnd }) });
    };
    told(1, [1, 3, 4], 2_500);
    told(2, [2, 2, 2], 10);
    expect(await value('lunchrush_order_end_to_end_seconds_bucket{le="0.005"}')).toBe(3);
    expect(await value('lunchrush_order_end_to_end_seconds_bucket{le="1.0"}')).toBe(5);
    expect(await value('lunchrush_order_end_to_end_seconds_bucket{le="+Inf"}')).toBe(6);
    expect(await value('lunchrush_order_end_to_end_seconds_count')).toBe(6);
    expect(await value('lunchrush_order_end_to_end_seconds_sum')).toBe(2.51);
    expect(await value('lunchrush_load_publish_seconds_count')).toBeUndefined();
  });
});
