import { describe, expect, test } from 'vitest';
import { pauseFor } from '../../src/workers/world.ts';
import { createFakeWorld, settle } from './fake-world.ts';

describe('pauseFor', () => {
  test('it ends when its time has passed', async () => {
    const world = createFakeWorld();
    let isOver = false;
    const pause = pauseFor(world, 100, new AbortController().signal).then(() => {
      isOver = true;
    });
    await world.elapse(99);
    expect(isOver).toBe(false);
    await world.elapse(1);
    await pause;
    expect(isOver).toBe(true);
  });

  test('an abort ends it at once and leaves no timer behind', async () => {
    const world = createFakeWorld();
    const ending = new AbortController();
    const pause = pauseFor(world, 1_000, ending.signal);
    ending.abort();
    await pause;
    expect(world.timers).toBe(0);
  });

  test('under an aborted signal it does not begin', async () => {
    const world = createFakeWorld();
    await pauseFor(world, 1_000, AbortSignal.abort());
    await settle();
    expect(world.timers).toBe(0);
  });
});
