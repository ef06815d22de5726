import { describe, expect, test } from 'vitest';
import { heartbeatPulse } from '../../src/workers/pulse.ts';
import { createFakeWorld } from './fake-world.ts';

describe('heartbeat pulse', () => {
  test('before the first heartbeat nobody counts on this member', () => {
    expect(heartbeatPulse(createFakeWorld()).isFresh()).toBe(false);
  });

  test('a heartbeat is good for half a session', async () => {
    const world = createFakeWorld();
    const pulse = heartbeatPulse(world);
    pulse.beat();
    await world.elapse(5_000);
    expect(pulse.isFresh()).toBe(true);
    await world.elapse(1);
    expect(pulse.isFresh()).toBe(false);
  });

  test('a heartbeat after a silence says that it ended one, and the next does not', async () => {
    const world = createFakeWorld();
    const pulse = heartbeatPulse(world);
    pulse.beat();
    await world.elapse(6_000);
    pulse.beat();
    expect(pulse.wasStale()).toBe(true);
    await world.elapse(1_000);
    pulse.beat();
    expect(pulse.wasStale()).toBe(false);
  });
});
