import { describe, expect, test } from 'vitest';
import type { FromWorker } from '../../src/workers/messages.ts';
import { createOutbox } from '../../src/workers/outbox.ts';
import { inventoryDigest } from './digests.ts';
import { createFakeWorld } from './fake-world.ts';

function stage() {
  const world = createFakeWorld();
  const posted: FromWorker[] = [];
  const now = { reserved: 0, heapBytes: 1 };
  const outbox = createOutbox(
    world,
    (message) => posted.push(message),
    () => inventoryDigest({ ...now, at: world.now() }),
  );
  const digests = () => posted.filter((m) => m.type === 'digest');
  return { world, posted, now, outbox, digests };
}

describe('outbox', () => {
  test('many changes become one digest per 100 ms, with the values of that moment', async () => {
    const { world, now, digests } = stage();
    for (let i = 1; i <= 300; i++) {
      now.reserved = i;
      await world.elapse(1);
    }
    expect(digests().map((m) => m.type === 'digest' && 'reserved' in m.digest && m.digest.reserved)).toEqual([
      100, 200, 300,
    ]);
  });

  test('without a change it is silent, but for a sign of life each second', async () => {
    const { world, digests } = stage();
    await world.elapse(100);
    expect(digests()).toHaveLength(1);
    await world.elapse(900);
    expect(digests()).toHaveLength(1);
    await world.elapse(100);
    expect(digests()).toHaveLength(2);
  });

  test('heap and time alone are no news', async () => {
    const { world, now, digests } = stage();
    await world.elapse(100);
    now.heapBytes = 99;
    await world.elapse(500);
    expect(digests()).toHaveLength(1);
  });

  test('a fact goes at once, with its time', async () => {
    const { world, posted, outbox } = stage();
    await world.elapse(42);
    outbox.tell({ type: 'worker-paused', slot: 'inventory/1' });
    expect(posted).toEqual([{ type: 'fact', fact: { type: 'worker-paused', slot: 'inventory/1' }, at: world.now() }]);
  });

  test('a flush sends the digest now, changed or not', async () => {
    const { world, digests, outbox } = stage();
    await world.elapse(100);
    outbox.flush();
    outbox.flush();
    expect(digests()).toHaveLength(3);
  });

  test('a closed outbox waits for nothing any more', () => {
    const { world, outbox } = stage();
    outbox.close();
    expect(world.timers).toBe(0);
  });
});
