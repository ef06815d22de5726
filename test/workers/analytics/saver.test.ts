import { describe, expect, test } from 'vitest';
import { filledCluster } from './records.ts';
import { createStage } from './stage.ts';

describe('saver', () => {
  test('commits every position, and never before the snapshot that holds it', async () => {
    const { drain, steps, committed, ends, desk } = createStage(filledCluster(200));
    await drain();
    expect(Object.fromEntries(committed)).toEqual(ends());
    expect(steps.length).toBeGreaterThan(1);
    expect(steps.join(' ')).toMatch(/^(save commit ?)+$/);
    expect(desk.isDirty).toBe(false);
  });

  test('sleeps when all is committed', async () => {
    const { drain, world } = createStage(filledCluster(20));
    await drain();
    await world.elapse(1_000);
    expect(world.timers).toBe(0);
  });

  test('a snapshot that cannot be written is never followed by a commit, and ends the worker', async () => {
    const { drain, steps, trouble, home } = createStage(filledCluster(20));
    trouble.disk = Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    await drain();
    expect(steps).toEqual([]);
    expect(home.failures[0]).toBe(trouble.disk);
  });

  test('a coordinator that is away is asked again, and harms nothing', async () => {
    const { drain, trouble, home, committed, ends } = createStage(filledCluster(20));
    trouble.coordinator = new Error('away');
    await drain();
    expect(committed.size).toBe(0);
    delete trouble.coordinator;
    await drain();
    expect(Object.fromEntries(committed)).toEqual(ends());
    expect(home.failures).toEqual([]);
  });

  test('closing saves and commits what is left', async () => {
    const { fetch, saver, committed, ends, world } = createStage(filledCluster(10));
    fetch(1_000);
    await saver.close();
    expect(Object.fromEntries(committed)).toEqual(ends());
    await world.elapse(1_000);
    expect(world.timers).toBe(0);
  });

  test('a console that only watches commits nothing', async () => {
    const { fetch, saver, committed, home, steps } = createStage(filledCluster(10));
    home.birth.watchOnly = true;
    fetch(1_000);
    await saver.close();
    expect(steps).toEqual(['save']);
    expect(committed.size).toBe(0);
  });
});
