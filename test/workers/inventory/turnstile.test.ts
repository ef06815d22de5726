import { describe, expect, test } from 'vitest';
import { Turnstile } from '../../../src/workers/inventory/turnstile.ts';
import { createFakeWorld, settle } from '../fake-world.ts';

function stage(throttleMs: number) {
  const world = createFakeWorld();
  const knob = { throttleMs };
  const turnstile = new Turnstile(world, () => knob.throttleMs);
  const ending = new AbortController();
  const passed: number[] = [];
  const pass = async (name = 0) => {
    if (await turnstile.pass(new AbortController().signal)) passed.push(name);
  };
  return { world, knob, turnstile, ending, passed, pass };
}

describe('turnstile', () => {
  test('without a throttle it stands open', () => {
    const { turnstile, knob } = stage(0);
    expect(turnstile.isOpen).toBe(true);
    knob.throttleMs = 1;
    expect(turnstile.isOpen).toBe(false);
  });

  test('one order passes per throttle, over all partitions, first come first served', async () => {
    const { world, pass, passed } = stage(100);
    const all = [1, 2, 3, 4].map(pass);
    await settle();
    expect(passed).toEqual([1]);
    await world.elapse(200);
    expect(passed).toEqual([1, 2, 3]);
    await world.elapse(100);
    await Promise.all(all);
    expect(passed).toEqual([1, 2, 3, 4]);
  });

  test('a timer that fires late loses no time, but an idle hour gives none', async () => {
    const { world, pass, passed } = stage(10);
    await world.elapse(3_600_000);
    const all = Array.from({ length: 50 }, pass);
    await settle();
    expect(passed).toHaveLength(1);
    await world.stall(12);
    for (let i = 0; i < 19; i++) await world.stall(10);
    expect(passed).toHaveLength(21);
    await world.elapse(500);
    await Promise.all(all);
  });

  test('a turn of the knob reaches those who wait', async () => {
    const { world, knob, turnstile, pass, passed } = stage(60_000);
    const all = [1, 2, 3].map(pass);
    await world.elapse(1_000);
    expect(passed).toEqual([1]);
    knob.throttleMs = 0;
    turnstile.turned();
    await Promise.all(all);
    expect(passed).toEqual([1, 2, 3]);
  });

  test('a slower throttle holds those who wait for longer', async () => {
    const { world, knob, turnstile, pass, passed } = stage(100);
    const all = [1, 2].map(pass);
    await world.elapse(50);
    knob.throttleMs = 1_000;
    turnstile.turned();
    await world.elapse(900);
    expect(passed).toEqual([1]);
    await world.elapse(50);
    await Promise.all(all);
    expect(passed).toEqual([1, 2]);
  });

  test('whose signal ends does not pass, and holds up nobody behind', async () => {
    const { world, turnstile, ending, pass, passed } = stage(100);
    await pass(1);
    const given = turnstile.pass(ending.signal);
    const other = turnstile.pass(new AbortController().signal);
    await settle();
    ending.abort();
    expect(await given).toBe(false);
    await world.elapse(100);
    expect(await other).toBe(true);
    expect(passed).toEqual([1]);
  });

  test('who waits behind others may give up, and takes no turn of theirs', async () => {
    const { world, turnstile, pass, passed } = stage(1_000);
    const all = [1, 2].map(pass);
    const hasty = turnstile.pass(new AbortController().signal, 250);
    const patient = pass(3);
    await world.elapse(250);
    expect(await hasty).toBe(false);
    await world.elapse(2_000);
    await Promise.all([...all, patient]);
    expect(passed).toEqual([1, 2, 3]);
  });

  test('under an ended signal nobody passes', async () => {
    const { turnstile, ending, world } = stage(1_000);
    ending.abort();
    expect(await turnstile.pass(ending.signal)).toBe(false);
    expect(world.timers).toBe(0);
  });
});
