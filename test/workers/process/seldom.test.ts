import { expect, test } from 'vitest';
import { createSeldom } from '../../../src/workers/process/seldom.ts';
import { createFakeWorld } from '../fake-world.ts';

test('a text is let through once in its time, with how often it came up', async () => {
  const world = createFakeWorld();
  const seldom = createSeldom(world, 10_000);
  expect([seldom('away'), seldom('away'), seldom('other'), seldom('away')]).toEqual([1, 0, 1, 0]);
  await world.elapse(10_000);
  expect([seldom('away'), seldom('away')]).toEqual([3, 0]);
});

test('of many texts only some are remembered', () => {
  const seldom = createSeldom(createFakeWorld(), 10_000);
  for (let i = 0; i < 1_000; i++) expect(seldom(`trouble ${i}`)).toBe(1);
  expect(seldom('trouble 999')).toBe(0);
});
