import { describe, expect, test } from 'vitest';
import { createCommitter } from '../../../src/workers/inventory/committer.ts';
import { metadataOf } from '../../../src/workers/inventory/start-offset.ts';
import { MemoryCluster } from '../memory-cluster.ts';
import { order } from '../orders.ts';
import { createStage } from './stage.ts';

function stage() {
  const cluster = new MemoryCluster();
  const parts = [0, 1].map((partition) => createStage({ cluster, partition }));
  const world = parts[0]?.world ?? createStage().world;
  const commits: { partition: number; offset: number; metadata: string }[][] = [];
  const coordinator = { isAway: false };
  const committer = createCommitter(
    world,
    'orders',
    () => parts.map((p) => p.tenure),
    async (offsets) => {
      if (coordinator.isAway) throw new Error('away');
      commits.push(offsets.map(({ partition, offset, metadata }) => ({ partition, offset, metadata })));
    },
  );
  const place = async (count: number) => {
    for (const part of parts) {
      part.orders.append(Array.from({ length: count }, (_, i) => order(`o-${part.orders.high + i}`)));
      await part.run();
    }
    committer.wake();
  };
  return { world, commits, coordinator, committer, place };
}

describe('committer', () => {
  test('commits all partitions in one request, with W as metadata', async () => {
    const { world, commits, place } = stage();
    await place(5);
    await world.elapse(100);
    expect(commits).toEqual([
      [
        { partition: 0, offset: 5, metadata: metadataOf(4) },
        { partition: 1, offset: 5, metadata: metadataOf(4) },
      ],
    ]);
  });

  test('sleeps when all is committed', async () => {
    const { world, place } = stage();
    await place(5);
    await world.elapse(1_000);
    expect(world.timers).toBe(0);
  });

  test('tries again when the coordinator comes back', async () => {
    const { world, commits, coordinator, place } = stage();
    coordinator.isAway = true;
    await place(5);
    await world.elapse(1_000);
    expect(commits).toEqual([]);
    coordinator.isAway = false;
    await world.elapse(2_100);
    expect(commits).toHaveLength(1);
  });

  test('commits what is left when it closes, and looks no more', async () => {
    const { world, commits, committer, place } = stage();
    await place(5);
    await committer.close();
    expect(commits).toHaveLength(1);
    committer.wake();
    await world.elapse(1_000);
    expect(commits).toHaveLength(1);
  });
});
