import { describe, expect, test } from 'vitest';
import type { AnalyticsDigest, InventoryDigest, PartitionView } from '../../../src/workers/messages.ts';
import { followWorker } from '../../../src/workers/process/standing.ts';
import { createFakeWorld } from '../fake-world.ts';

const VIEW: PartitionView = {
  topic: 'orders',
  partition: 0,
  state: 'running',
  reason: '',
  first: -1,
  position: 7,
  committed: 7,
  end: 9,
  waitingSince: 0,
};

const MEMBER = { state: 'running', memberId: 'm', generation: 1, waitsFor: '', partitions: [VIEW] };

/** A worker that has started and holds a partition, and its follower. */
function started(changed: Partial<InventoryDigest> = {}) {
  const world = createFakeWorld();
  const follower = followWorker(world);
  const digest = (more: object) =>
    follower.hear({ type: 'digest', digest: { kind: 'inventory', ...MEMBER, ...more } as InventoryDigest });
  follower.hear({ type: 'ready' });
  digest(changed);
  return { world, follower, digest };
}

describe('how a worker stands', () => {
  test('it is alive from the start, and ready when it has joined and restored what it holds', () => {
    const world = createFakeWorld();
    const follower = followWorker(world);
    expect(follower.read()).toEqual({ alive: true, ready: false, reason: 'it is starting' });
    const { follower: joining, digest } = started({ memberId: '', generation: -1, partitions: [] });
    expect(joining.read()).toEqual({ alive: true, ready: false, reason: 'it is joining its group' });
    digest({ partitions: [{ ...VIEW, state: 'restoring', reason: 'reading its output, 40 %' }] });
    expect(joining.read().reason).toBe('orders/0 is restoring: reading its output, 40 %');
    digest({});
    expect(joining.read()).toEqual({ alive: true, ready: true, reason: '' });
  });

  test('one without partitions, and one that is paused, is ready', () => {
    expect(started({ partitions: [] }).follower.read().ready).toBe(true);
    expect(started({ state: 'paused' }).follower.read().ready).toBe(true);
  });

  test('a halted partition keeps it from being ready, with the reason', () => {
    const { follower } = started({ partitions: [{ ...VIEW, state: 'halted', reason: 'it was recreated' }] });
    expect(follower.read()).toEqual({ alive: true, ready: false, reason: 'orders/0 is halted: it was recreated' });
  });

  test('a broker that is away for half a session keeps it from being ready until it answers', async () => {
    const { world, follower } = started();
    follower.answered();
    follower.troubled('nothing listens at a:9092');
    expect(follower.read().ready).toBe(true);
    await world.elapse(5_001);
    expect(follower.read()).toEqual({ alive: true, ready: false, reason: 'nothing listens at a:9092' });
    follower.answered();
    expect(follower.read().ready).toBe(true);
  });

  test('one that stops is alive but not ready, one that failed is neither', () => {
    const { follower } = started();
    follower.stopping();
    expect(follower.read()).toEqual({ alive: true, ready: false, reason: 'it is stopping' });
    follower.hear({ type: 'failed', error: { code: 'KAFKA_REFUSED', message: 'not allowed', fix: '' } });
    expect(follower.read()).toEqual({ alive: false, ready: false, reason: 'not allowed' });
  });

  test('analytics that reads outside every group is ready without a member id', () => {
    const { follower } = started();
    const digest = { kind: 'analytics', ...MEMBER, memberId: '', generation: -1, watchOnly: true };
    follower.hear({ type: 'digest', digest: digest as unknown as AnalyticsDigest });
    expect(follower.read().ready).toBe(true);
  });
});
